"""Peer: testing MAML on Omniglot episodes in PyTorch, CPU: adapt to the support set by first-order steps, and predict the
query set after every number of steps, 0 included. mode 'loop': episode by episode; mode 'vmap': 20 episodes at a time.
usage: maml_evaluation_torch.py MODE WAY SHOT QUERY EPISODES STEPS"""
import sys, time, torch
import torch.nn.functional as Fn
from torch.func import grad, vmap
mode = sys.argv[1]; way, shot, query, episodes, steps = [int(a) for a in sys.argv[2:7]]
torch.set_num_threads(2); torch.manual_seed(0)
F = 64
def init():
    p = []; cin = 1
    for i in range(4):
        p += [torch.randn(F, cin, 3, 3)*0.05, torch.zeros(F), torch.ones(F)]; cin = F
    return p + [torch.randn(way, F)*0.05, torch.zeros(way)]
def net(p, x):
    for i in range(4):
        w, b, g = p[3*i:3*i+3]
        x = Fn.conv2d(x, w, stride=2, padding=1)
        if mode == 'vmap':
            m = x.mean((0, 2, 3), keepdim=True); v = x.var((0, 2, 3), unbiased=False, keepdim=True)
            x = torch.relu((x-m)*torch.rsqrt(v+1e-5)*g[None, :, None, None]+b[None, :, None, None])
        else:
            x = torch.relu(Fn.batch_norm(x, None, None, g, b, training=True))
    return Fn.linear(x.mean((2, 3)), p[-2], p[-1])
p = init(); ys = torch.arange(way).repeat_interleave(shot); yq = torch.arange(way).repeat_interleave(query)
def accuracies(xs, xq):
    q = p; out = []
    for step in range(steps+1):
        with torch.no_grad(): out.append((net(q, xq).argmax(1) == yq).float().mean())
        if step < steps:
            if mode == 'vmap': g = grad(lambda q: Fn.cross_entropy(net(q, xs), ys))(q)
            else:
                q = [t.detach().requires_grad_() for t in q]
                g = torch.autograd.grad(Fn.cross_entropy(net(q, xs), ys), q)
            q = [a-0.4*b for a, b in zip(q, g)]
    return torch.stack(out)
batch = 20 if mode == 'vmap' else 1
xs = torch.rand(batch, way*shot, 1, 28, 28); xq = torch.rand(batch, way*query, 1, 28, 28)
def step():
    if mode == 'vmap': vmap(accuracies)(xs, xq)
    else: accuracies(xs[0], xq[0])
step(); t = time.time()
for _ in range(episodes//batch): step()
dt = time.time()-t
print(f"torch {torch.__version__} {mode} evaluation way={way} shot={shot} query={query} steps={steps}: {episodes/dt:.1f} episodes/s ({dt:.1f} s)")
