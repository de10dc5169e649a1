"""Peer: a conditional neural process's training step in PyTorch, CPU. Encoder of 4 layers, decoder of 2 hidden ones, 128 units;
16 curves of 20 points, 3 to 10 of them told, which the Gaussian process draws anew for each step.
usage: cnp_torch.py SECONDS"""
import sys, time, math, torch, torch.nn as nn, torch.nn.functional as Fn
secs = float(sys.argv[1]); B, P, W = 16, 20, 128
torch.set_num_threads(2); torch.manual_seed(0)
enc = nn.Sequential(nn.Linear(2,W), nn.ReLU(), nn.Linear(W,W), nn.ReLU(), nn.Linear(W,W), nn.ReLU(), nn.Linear(W,W))
dec = nn.Sequential(nn.Linear(1+W,W), nn.ReLU(), nn.Linear(W,W), nn.ReLU(), nn.Linear(W,2))
opt = torch.optim.Adam([*enc.parameters(), *dec.parameters()], 1e-3)
def draw():
    x = torch.rand(B,P,1)*4-2
    k = torch.exp(-.5*((x-x.transpose(1,2))/.4)**2) + .02**2*torch.eye(P)
    y = torch.linalg.cholesky(k.double()).float() @ torch.randn(B,P,1)
    n = torch.randint(3,11,(B,1,1)); return x, y, (torch.arange(10).view(1,10,1) < n).float()/n
def step():
    x, y, share = draw()
    r = (enc(torch.cat([x,y],2)[:,:10])*share).sum(1,keepdim=True)
    m, s = dec(torch.cat([x, r.expand(-1,P,-1)],2)).chunk(2,2); s = .1+.9*Fn.softplus(s)
    l = (.5*((y-m)/s)**2 + s.log() + .5*math.log(2*math.pi)).mean()
    opt.zero_grad(); l.backward(); opt.step(); return l.item()
step(); n=0; t=time.time(); course=[]
while time.time()-t<secs: course.append(step()); n+=1
dt=time.time()-t; last=course[-200:]
print(f"torch cnp: {n*B/dt:.0f} tasks/s ({dt/n*1e3:.3f} ms/step) {n} steps, loss {course[0]:.3f} -> {sum(last)/len(last):.3f}")
