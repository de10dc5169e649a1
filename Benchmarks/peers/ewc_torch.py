"""Peer: SGD and elastic weight consolidation on permuted MNIST in PyTorch, CPU, on the very tasks of a stored cell: its permutations
and images are drawn anew and checked against the digests in the file. Initial parameters, minibatches and sampled labels are torch's own.
Squared gradients are taken example by example (torch.func), and every earlier task has a penalty of its own, written out.
usage: ewc_torch.py CELL.h5 MNIST.h5 [UNITS]; the cell is of sgd, l2 or ewc (one penalty per task)"""
import json, sys, time, h5py, numpy as np, torch
import torch.nn.functional as Fn
from torch.func import functional_call, grad, vmap
from torch.nn.utils import parameters_to_vector as flat
from addressed import Stream
from permuted import Tasks, parts
torch.set_num_threads(1)

with h5py.File(sys.argv[1]) as f:
    c = json.loads(f.attrs["configuration"])
    digests, ours = f["units/digest"][:], f["outcomes/average-accuracy/values"][:]
train, test, settings = c["train"], c["test"], c["settings"]
system, rate, lam = c["algorithm"], settings["rate"], settings.get("lambda", 0)
assert system in ("sgd", "l2") or system == "ewc" and settings["penalties"] == "per-task", "this peer does not know such a system"
units = int(sys.argv[3]) if len(sys.argv) > 3 else len(digests)
data = parts(sys.argv[2])
address = Stream(c["seed"]).child(f"tasks/test/continual/{c['dataset']}/{c['split']}/tasks={c['tasks']}/region={c['region']}")

def network():
    widths = [784] + [train["width"]] * train["layers"]
    layers = [m for a, b in zip(widths, widths[1:]) for m in (torch.nn.Linear(a, b), torch.nn.ReLU())]
    return torch.nn.Sequential(*layers, torch.nn.Linear(widths[-1], 10))  # torch's default: uniform in +-1/sqrt(fan in)

def fisher(net, x, y):
    """The mean over examples of squared gradients, label by label as asked."""
    p = {k: v.detach() for k, v in net.named_parameters()}
    def loss(p, x, y): return Fn.cross_entropy(functional_call(net, p, (x[None],)), y[None])
    sums = {k: torch.zeros_like(v) for k, v in p.items()}
    for rows in torch.arange(len(x)).split(250):
        with torch.no_grad(): prob = net(x[rows]).softmax(1)
        choices = {"empirical": [(y[rows], None)], "sampled": [(torch.multinomial(prob, 1)[:, 0], None)],
                   "exact": [(torch.full_like(rows, k), prob[:, k]) for k in range(10)]}[settings["fisher"]]
        for labels, weight in choices:
            for k, g in vmap(grad(loss), in_dims=(None, 0, 0))(p, x[rows], labels).items():
                w = 1 if weight is None else weight.view(-1, *[1] * (g.dim() - 1))
                sums[k] += (w * g ** 2).sum(0)
    return torch.cat([v.flatten() for v in sums.values()]) / len(x)

print(f"{system}, {c['tasks']} tasks, rate {rate}, lambda {lam}: average accuracy after each task (torch, then the stored one)")
theirs, start = [], time.time()
for unit in range(units):
    tasks = Tasks(address.child("order", unit), c["tasks"], c["region"], data["train"], train["images"], data["test"], test["images"])
    assert tasks.digest == digests[unit], "the tasks differ from the stored ones"
    torch.manual_seed(unit)
    net, terms, average = network(), [], []
    seen = lambda images, task: torch.from_numpy(images[:, tasks.permutations[task]]).float() / 255
    for task in range(c["tasks"]):
        x, y = seen(tasks.train[0], task), torch.from_numpy(tasks.train[1])
        for epoch in range(train["epochs"]):
            for rows in torch.randperm(len(x)).split(train["batch"]):
                loss = Fn.cross_entropy(net(x[rows]), y[rows])
                theta = flat(net.parameters())
                for precision, place in terms: loss = loss + lam / 2 * (precision * (theta - place) ** 2).sum()
                net.zero_grad(); loss.backward()
                with torch.no_grad():
                    for v in net.parameters(): v -= rate * v.grad
        if system != "sgd":
            place = flat(net.parameters()).detach()
            terms.append((fisher(net, x, y) if system == "ewc" else torch.ones_like(place), place))
        with torch.no_grad():
            right = [(net(seen(tasks.test[0], t)).argmax(1).numpy() == tasks.test[1]).mean() for t in range(task + 1)]
        average.append(np.mean(right))
    theirs.append(average)
    for name, row in (("torch ", average), ("stored", ours[unit])): print(f"  order {unit} {name}", " ".join(f"{100 * a:5.1f}" for a in row), flush=True)
theirs, ours = np.array(theirs), ours[:units]
for name, rows in (("torch", theirs), ("stored", ours)): print(f"mean {name:6}", " ".join(f"{100 * a:5.1f}" for a in rows.mean(0)))
d = (theirs - ours)[:, -1]
if units > 1: print(f"torch - stored after the last task: {100 * d.mean():.1f} +- {100 * d.std(ddof=1) / len(d) ** .5:.1f} points (standard error over {units} orders); {time.time() - start:.0f} s")
