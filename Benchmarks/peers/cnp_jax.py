"""Peer: a conditional neural process's training step in JAX (jit, scan over 100 steps), CPU. As cnp_torch.py, with new curves at each
step as well.
usage: cnp_jax.py SECONDS"""
import sys, time, math, jax, jax.numpy as jnp
secs = float(sys.argv[1]); B, P, W = 16, 20, 128
key = jax.random.PRNGKey(0); ks = jax.random.split(key, 12)
def layer(k,i,o): return jax.random.uniform(k,(i,o),minval=-1,maxval=1)*math.sqrt(6/(i+o)), jnp.zeros(o)
p = [[layer(ks[j],a,W) for j,a in enumerate([2,W,W,W])], [layer(ks[4+j],a,o) for j,(a,o) in enumerate([(1+W,W),(W,W),(W,2)])]]
def mlp(p,x):
    for w,b in p[:-1]: x = jax.nn.relu(x@w+b)
    return x@p[-1][0]+p[-1][1]
def draw(key):
    a,b,c = jax.random.split(key,3)
    x = jax.random.uniform(a,(B,P,1),minval=-2,maxval=2); k = jnp.exp(-.5*((x-x.transpose(0,2,1))/.4)**2)+1e-3*jnp.eye(P)
    y = jnp.linalg.cholesky(k)@jax.random.normal(b,(B,P,1)); n = jax.random.randint(c,(B,1,1),3,11)
    return x,y,(jnp.arange(10).reshape(1,10,1)<n)/n
def loss(p,x,y,share):
    r = (mlp(p[0],jnp.concatenate([x,y],2)[:,:10])*share).sum(1,keepdims=True)
    o = mlp(p[1],jnp.concatenate([x,jnp.broadcast_to(r,(B,P,W))],2)); m, s = o[...,:1], .1+.9*jax.nn.softplus(o[...,1:])
    return (.5*((y-m)/s)**2+jnp.log(s)+.5*math.log(2*math.pi)).mean()
def step(c,_):
    p,m,v,t = c; l,g = jax.value_and_grad(loss)(p,*draw(jax.random.fold_in(key,t.astype(int)))); t = t+1
    m = jax.tree.map(lambda a,b:.9*a+.1*b,m,g); v = jax.tree.map(lambda a,b:.999*a+.001*b*b,v,g)
    p = jax.tree.map(lambda a,i,j:a-1e-3*(i/(1-.9**t))/(jnp.sqrt(j/(1-.999**t))+1e-8),p,m,v); return (p,m,v,t),l
many = jax.jit(lambda c: jax.lax.scan(step,c,None,length=100))
zero = jax.tree.map(jnp.zeros_like,p); c = (p,zero,zero,jnp.zeros(()))
c,first = many(c); jax.block_until_ready(c); n=0; t=time.time()
while time.time()-t<secs: c,l = many(c); jax.block_until_ready(c); n+=100
dt=time.time()-t; print(f"jax cnp: {n*B/dt:.0f} tasks/s ({dt/n*1e3:.3f} ms/step) loss {float(first[0]):.3f} -> {float(l[-1]):.3f}")
