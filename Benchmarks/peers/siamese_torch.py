"""Peer: Siamese training in PyTorch, CPU: twins of three convolutions and 128 features on 28x28 drawings, binary cross-entropy of pairs, momentum.
mode 'random': random pixels, for throughput; or the path of an imported omniglot.h5 (needs h5py): pairs of its first 30 alphabets, affine copies by
grid_sample, and the loss now and then, to set beside ours.
usage: siamese_torch.py MODE PAIRS FILTERS FEATURES SECONDS [ITERATIONS]"""
import math, random, sys, time, torch
import torch.nn.functional as Fn
mode = sys.argv[1]; pairs, filters, features, secs = [int(a) for a in sys.argv[2:6]]
iterations = int(sys.argv[6]) if len(sys.argv) > 6 else None
torch.set_num_threads(2); torch.manual_seed(0); draw = random.Random(0)
def weight(gain, *shape): return torch.randn(*shape).mul(math.sqrt(gain / math.prod(shape[1:]))).requires_grad_()
def bias(n): return torch.zeros(n, requires_grad=True)
widths = [1, filters, 2 * filters, 2 * filters]
w = [t for a, b in zip(widths, widths[1:]) for t in (weight(2, b, a, 3, 3), bias(b))]
w += [weight(1, features, widths[-1] * 9), bias(features), weight(1, 1, features), bias(1)]
opt = torch.optim.SGD(w, lr=0.05, momentum=0.9)

def h(x):
    for i in range(0, 6, 2): x = Fn.max_pool2d(torch.relu(Fn.conv2d(x, w[i], w[i + 1], padding=1)), 2)
    return torch.sigmoid(Fn.linear(x.flatten(1), w[6], w[7]))

def maps(n):
    """Of 8 of 9 pairs: rotation, shear, scale and shift, each part half the time."""
    def part(a, b): return torch.where(torch.rand(n) < .5, torch.empty(n).uniform_(a, b), torch.zeros(n))
    angle, sx, sy, zx, zy, tx, ty = part(-.1745, .1745), part(-.3, .3), part(-.3, .3), part(-.2, .2), part(-.2, .2), part(-2, 2), part(-2, 2)
    def matrix(a, b, c, d): return torch.stack([torch.stack([a, b], -1), torch.stack([c, d], -1)], -2)
    one, zero = torch.ones(n), torch.zeros(n)
    m = matrix(angle.cos(), -angle.sin(), angle.sin(), angle.cos()) @ matrix(one, sx, zero, one) @ matrix(one, zero, sy, one)
    m = m @ matrix(1 / (1 + zx), zero, zero, 1 / (1 + zy))
    theta = torch.cat([m, torch.stack([tx, ty], -1)[..., None] / 14], -1)
    plain = (torch.rand(n // 2) < 1 / 9).repeat(2)
    theta[plain] = torch.tensor([[1., 0, 0], [0, 1, 0]])
    return theta

if mode == "random":
    drawings = torch.randint(0, 256, (964, 20, 28, 28), dtype=torch.uint8)
    alphabets = [list(range(first, first + 32)) for first in range(0, 960, 32)]
else:
    import h5py
    with h5py.File(mode) as f:
        drawings = torch.frombuffer(bytearray(f["images"][:].tobytes()), dtype=torch.uint8).view(-1, 20, 28, 28)
        names = bytes(f["characters"][:]).decode().split("\n")
    groups = {}
    for place, name in enumerate(names): groups.setdefault(name.split("/")[0], []).append(place)
    alphabets = list(groups.values())[:30]
same = torch.tensor([k % 2 for k in range(pairs)]).float()

def step():
    first, second = [], []
    for k in range(pairs):
        a, b = draw.sample(draw.choice(alphabets), 2); d, e = draw.sample(range(12), 2)
        first.append((a, d)); second.append((a if k % 2 else b, e))
    places = torch.tensor(first + second)
    x = drawings[places[:, 0], places[:, 1]][:, None].float() / 255
    x = Fn.grid_sample(x, Fn.affine_grid(maps(2 * pairs), x.shape, align_corners=False), align_corners=False)
    z = h(x)
    loss = Fn.binary_cross_entropy_with_logits(Fn.linear((z[:pairs] - z[pairs:]).abs(), w[8], w[9])[:, 0], same)
    opt.zero_grad(); loss.backward(); opt.step()
    return loss.item()

if iterations:
    losses = []
    for i in range(iterations):
        losses.append(step())
        if (i + 1) % max(1, iterations // 10) == 0:
            last = losses[-max(1, iterations // 10):]
            print(f"iteration {i + 1}: mean loss {sum(last) / len(last):.3f}", flush=True)
else:
    step(); n = 0; t = time.time()
    while time.time() - t < secs: step(); n += 1
    dt = time.time() - t
    print(f"torch {torch.__version__} pairs={pairs} filters={filters} features={features}: {2*n*pairs/dt:.1f} images/s ({dt/n*1e3:.1f} ms/step)")
