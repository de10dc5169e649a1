"""Peer: matching networks' training episode in PyTorch, CPU. 4 conv blocks (3x3, 64, BN, ReLU, max-pool 2), 28x28 input,
attention by cosines; with `full`, LSTMs over the support and five reads of it (full context embeddings).
usage: matching_torch.py none|full WAY SHOT QUERY SECONDS"""
import sys, time, torch, torch.nn as nn, torch.nn.functional as Fn
context = sys.argv[1]; way, shot, query, secs = [int(a) for a in sys.argv[2:6]]
torch.set_num_threads(2); torch.manual_seed(0)
def blk(i,o): return nn.Sequential(nn.Conv2d(i,o,3,padding=1), nn.BatchNorm2d(o), nn.ReLU(), nn.MaxPool2d(2))
m = nn.Sequential(blk(1,64),blk(64,64),blk(64,64),blk(64,64),nn.Flatten())
over = nn.LSTM(64, 64, bidirectional=True); reader = nn.LSTMCell(128, 64)
opt = torch.optim.Adam([*m.parameters(), *over.parameters(), *reader.parameters()], 1e-3)
x = torch.rand(way*(shot+query),1,28,28); y = torch.arange(way).repeat_interleave(query)
support = Fn.one_hot(torch.arange(way).repeat_interleave(shot), way).float()
def step():
    z = m(x); s, q = z[:way*shot], z[way*shot:]
    if context == "full":
        h = over(s[:,None])[0][:,0]; s = s + h[:,:64] + h[:,64:]
        h = torch.zeros_like(q); c = torch.zeros_like(q)
        for _ in range(5):
            h, c = reader(torch.cat([q, Fn.softmax(h @ s.T, 1) @ s], 1), (h, c)); h = h + q
        q = h
    a = Fn.softmax(Fn.normalize(q) @ Fn.normalize(s).T, 1)
    l = Fn.nll_loss(torch.log(a @ support), y); opt.zero_grad(); l.backward(); opt.step(); return l.item()
step(); n=0; t=time.time()
while time.time()-t<secs: l=step(); n+=1
dt=time.time()-t; print(f"torch matching nets {context} way={way} shot={shot} query={query}: {n/dt:.2f} episodes/s ({n*x.shape[0]/dt:.0f} images/s) loss {l:.3f}")
