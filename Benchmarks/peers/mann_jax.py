"""Peer: MANN training in JAX (jit, scan over steps), CPU: an LSTM with a least-used-access memory on sequences of CLASSES
classes of images, shrunk to SIDE x SIDE, ten drawings of each, with the label one step late (Santoro et al. 2016). Each step
draws new sequences from random images of Omniglot's shape.
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

SIZE, CLASSES, DRAWINGS = 28, 1028, 20
images = jax.random.randint(keys[-1], (CLASSES, DRAWINGS, SIZE, SIZE), 0, 256).astype(jnp.uint8)
edge = jnp.arange(SIZE) * side, jnp.arange(side)[:, None] * SIZE
share = jnp.clip(jnp.minimum(edge[0] + side, edge[1] + SIZE) - jnp.maximum(edge[0], edge[1]), 0) / SIZE

def sequence(key, images):
    a, b, c = jax.random.split(key, 3)
    classes = jax.random.choice(a, CLASSES, (C,), replace=False)
    drawings = jax.vmap(lambda k: jax.random.permutation(k, DRAWINGS)[:10])(jax.random.split(b, C))
    order = jax.random.permutation(c, T)
    shown = images[classes[order % C], drawings[order % C, order // C]] / 255.0
    return (share @ shown @ share.T).reshape(T, D), order % C

@jax.jit
def update(θ, m, v, n, images):
    x, y = jax.vmap(sequence, (0, None), 1)(jax.random.split(jax.random.fold_in(keys[-2], n), B), images)
    l, g = jax.value_and_grad(loss)(θ, x, y)
    m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, g)
    v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, g)
    move = lambda t, m, v: t - rate * (m / (1 - 0.9**n)) / (jnp.sqrt(v / (1 - 0.999**n)) + 1e-8)
    return jax.tree.map(move, θ, m, v), m, v, l

m = v = jax.tree.map(jnp.zeros_like, θ); n = 1
θ, m, v, l = update(θ, m, v, n, images); first = float(l); start = n; t = time.time()
while time.time() - t < secs:
    n += 1; θ, m, v, l = update(θ, m, v, n, images); l.block_until_ready()
dt = time.time() - t
print(f"jax mann classes={C} side={side} hidden={H} memory={N}x{W} heads={R} batch={B}: {(n - start) * B / dt:.1f} sequences/s "
      f"(loss {first:.3f} to {float(l):.3f})")
