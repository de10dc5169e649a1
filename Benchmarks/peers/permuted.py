"""Permuted MNIST as the suite draws it (Sources/Continual/PermutedTasks.swift), from an imported mnist.h5."""
import hashlib, h5py, numpy as np
from addressed import Stream

def parts(path):
    """Images [n, 784] and labels of the three parts."""
    with h5py.File(path) as f:
        def part(name, rows): return f[name + "/images"][rows].reshape(-1, 784), f[name + "/labels"][rows].astype(np.int64)
        division = f["train/labels"].shape[0] - int(f.attrs["validation"])
        return {"train": part("train", slice(0, division)), "validation": part("train", slice(division, None)),
                "test": part("test", slice(None))}

def framed(array): return len(array).to_bytes(8, "little") + array.tobytes()
def text(s): return len(s.encode()).to_bytes(8, "little") + s.encode()
def integers(values): return framed(np.asarray(values, dtype="<i8"))

def digest_of(images, labels):
    return hashlib.sha256(text("labelled images 1") + integers([10, 1, 28, 28]) + framed(images.reshape(-1)) + integers(labels)).hexdigest()

class Tasks:
    """The tasks of one unit: permutations, and which images are trained and tested on."""
    def __init__(self, stream, count, region, train, train_images, test, test_images):
        at = (28 - region) // 2
        square = [(at + i // region) * 28 + at + i % region for i in range(region * region)]
        self.permutations = []
        for task in range(count):
            pixels = list(range(784))
            for place, source in zip(square, stream.child("permutation", task).sample(len(square), len(square))):
                pixels[place] = square[source]
            self.permutations.append(pixels)
        rows = stream.child("training images").sample(train_images, len(train[1]))
        tested = stream.child("test images").sample(test_images, len(test[1]))
        self.train, self.test = (train[0][rows], train[1][rows]), (test[0][tested], test[1][tested])
        h = hashlib.sha256(text("permuted tasks 1"))
        for part, places in ((train, rows), (test, tested)): h.update(text(digest_of(*part)) + integers(places))
        for permutation in self.permutations: h.update(integers(permutation))
        self.digest = int.from_bytes(h.digest()[:8], "big")  # as stored in /units/digest
