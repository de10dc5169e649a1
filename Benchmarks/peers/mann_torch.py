"""Peer: MANN training in PyTorch, CPU: an LSTM with a least-used-access memory on sequences of CLASSES random images of
SIDE x SIDE, shown ten times each, with the label one step late (Santoro et al. 2016). All sequences of a batch side by side.
usage: mann_torch.py CLASSES SIDE HIDDEN SLOTS WIDTH HEADS BATCH SECONDS [COURSE]
COURSE: prints the loss after so many updates on classes that are easy to tell apart, instead of the speed."""
import sys, time, torch, torch.nn.functional as Fn
C, side, H, N, W, R, B, secs = [int(a) for a in sys.argv[1:9]]
torch.set_num_threads(2); torch.manual_seed(0)
T, D, sharp, decay = 10 * C, side * side, 1.0, 0.95

def uniform(*shape): return ((torch.rand(*shape) * 2 - 1) / H**0.5).requires_grad_()
def zeros(*shape): return torch.zeros(*shape, requires_grad=True)
Wx, Wh, Wr, Wk, Wg = uniform(D + C, 4 * H), uniform(H, 4 * H), uniform(R * W, 4 * H), uniform(H, R * W), uniform(H, R)
bx, bk, bg, Wo, bo = zeros(4 * H), zeros(R * W), zeros(R), uniform(H + R * W, C), zeros(C)
with torch.no_grad(): bx[H:2 * H] = 1
θ = [Wx, bx, Wh, Wr, Wk, bk, Wg, bg, Wo, bo]
opt = torch.optim.Adam(θ, 1e-3)

def loss(x, y):
    """x: [T, B, D], y: [T, B]"""
    told = torch.cat([torch.zeros(1, B, C), Fn.one_hot(y[:-1], C).float()])
    seen = (torch.cat([x, told], 2).view(T * B, D + C) @ Wx + bx).view(T, B, 4 * H)
    h, s, read = torch.zeros(B, H), torch.zeros(B, H), torch.zeros(B, R * W)
    M, r, usage = torch.zeros(B, N, W), torch.zeros(B, R, N), torch.zeros(B, N)
    out = []
    for t in range(T):
        i, f, o, g = (seen[t] + h @ Wh + read @ Wr).chunk(4, 1)
        s = f.sigmoid() * s + i.sigmoid() * g.tanh(); h = o.sigmoid() * s.tanh()
        k = torch.tanh(h @ Wk + bk).view(B, R, W); gate = torch.sigmoid(h @ Wg + bg).unsqueeze(2)
        with torch.no_grad():
            lu = torch.zeros(B, N).scatter_(1, usage.topk(R, largest=False).indices, 1.0)
        w = gate * r + (1 - gate) * lu.unsqueeze(1)
        M = M * (1 - lu).unsqueeze(2) + w.transpose(1, 2) @ k
        cos = Fn.normalize(k, dim=2, eps=1e-6) @ Fn.normalize(M, dim=2, eps=1e-6).transpose(1, 2)
        r = torch.softmax(sharp * cos, 2)
        read = (r @ M).reshape(B, R * W)
        usage = decay * usage + (r + w).detach().sum(1)
        out.append(torch.cat([h, read], 1))
    return Fn.cross_entropy(torch.cat(out) @ Wo + bo, y.reshape(-1))

def step(x, y):
    l = loss(x, y); opt.zero_grad(); l.backward(); opt.step(); return l.item()

def labels(): return torch.stack([torch.randperm(T) % C for _ in range(B)], 1)
if len(sys.argv) > 9:
    for n in range(int(sys.argv[9]) + 1):
        y = labels(); kinds = (torch.rand(B, C, D) > 0.5).float()
        x = kinds[torch.arange(B).unsqueeze(0), y]
        l = step(x, y)
        if n % 100 == 0: print(n, round(l, 3), flush=True)
    sys.exit()
x, y = torch.rand(T, B, D), labels()
step(x, y); n = 0; t = time.time()
while time.time() - t < secs: step(x, y); n += 1
dt = time.time() - t
print(f"torch mann classes={C} side={side} hidden={H} memory={N}x{W} heads={R} batch={B}: {n * B / dt:.1f} sequences/s")
