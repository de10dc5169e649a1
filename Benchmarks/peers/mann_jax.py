"""Peer: MANN training in JAX (jit, scan over steps), CPU: an LSTM with a least-used-access memory on sequences of CLASSES
random images of SIDE x SIDE, shown ten times each, with the label one step late (Santoro et al. 2016).
usage: mann_jax.py CLASSES SIDE HIDDEN SLOTS WIDTH HEADS BATCH SECONDS"""
import sys, time, jax, jax.numpy as jnp
C, side, H, N, W, R, B, secs = [int(a) for a in sys.argv[1:9]]
T, D, sharp, decay, rate = 10 * C, side * side, 1.0, 0.95, 1e-3

shapes = dict(Wx=(D + C, 4 * H), Wh=(H, 4 * H), Wr=(R * W, 4 * H), Wk=(H, R * W), Wg=(H, R), Wo=(H + R * W, C))
keys = jax.random.split(jax.random.PRNGKey(0), len(shapes) + 2)
θ = {n: jax.random.uniform(k, s, minval=-1, maxval=1) / H**0.5 for k, (n, s) in zip(keys, shapes.items())}
θ |= dict(bx=jnp.zeros(4 * H).at[H:2 * H].set(1), bk=jnp.zeros(R * W), bg=jnp.zeros(R), bo=jnp.zeros(C))

def unit(a): return a / jnp.sqrt((a * a).sum(-1, keepdims=True) + 1e-12)

def loss(θ, x, y):
    told = jnp.concatenate([jnp.zeros((1, B, C)), jax.nn.one_hot(y[:-1], C)])
    seen = jnp.concatenate([x, told], 2) @ θ["Wx"] + θ["bx"]
    def step(state, now):
        h, s, read, M, r, usage = state
        i, f, o, g = jnp.split(now + h @ θ["Wh"] + read @ θ["Wr"], 4, 1)
        s = jax.nn.sigmoid(f) * s + jax.nn.sigmoid(i) * jnp.tanh(g); h = jax.nn.sigmoid(o) * jnp.tanh(s)
        k = jnp.tanh(h @ θ["Wk"] + θ["bk"]).reshape(B, R, W); gate = jax.nn.sigmoid(h @ θ["Wg"] + θ["bg"])[..., None]
        lu = jax.lax.stop_gradient(jax.nn.one_hot(jax.lax.top_k(-usage, R)[1], N).sum(1))
        w = gate * r + (1 - gate) * lu[:, None]
        M = M * (1 - lu)[..., None] + jnp.einsum("brn,brw->bnw", w, k)
        r = jax.nn.softmax(sharp * jnp.einsum("brw,bnw->brn", unit(k), unit(M)), 2)
        read = jnp.einsum("brn,bnw->brw", r, M).reshape(B, R * W)
        usage = decay * usage + jax.lax.stop_gradient((r + w).sum(1))
        return (h, s, read, M, r, usage), jnp.concatenate([h, read], 1)
    z = jnp.zeros
    begin = (z((B, H)), z((B, H)), z((B, R * W)), z((B, N, W)), z((B, R, N)), z((B, N)))
    out = jax.lax.scan(step, begin, seen)[1] @ θ["Wo"] + θ["bo"]
    return -jnp.take_along_axis(jax.nn.log_softmax(out), y[..., None], 2).mean()

@jax.jit
def update(θ, m, v, n, x, y):
    l, g = jax.value_and_grad(loss)(θ, x, y)
    m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, g)
    v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, g)
    move = lambda t, m, v: t - rate * (m / (1 - 0.9**n)) / (jnp.sqrt(v / (1 - 0.999**n)) + 1e-8)
    return jax.tree.map(move, θ, m, v), m, v, l

x = jax.random.uniform(keys[-1], (T, B, D))
y = jnp.stack([jax.random.permutation(k, T) % C for k in jax.random.split(keys[-2], B)], 1)
m = v = jax.tree.map(jnp.zeros_like, θ); n = 1
θ, m, v, l = update(θ, m, v, n, x, y); first = float(l); start = n; t = time.time()
while time.time() - t < secs:
    n += 1; θ, m, v, l = update(θ, m, v, n, x, y); l.block_until_ready()
dt = time.time() - t
print(f"jax mann classes={C} side={side} hidden={H} memory={N}x{W} heads={R} batch={B}: {(n - start) * B / dt:.1f} sequences/s "
      f"(loss {first:.3f} to {float(l):.3f})")
