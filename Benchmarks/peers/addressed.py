"""The suite's addressed randomness, written again from its description: Philox-4x32-10 with the address as key (Sources/Randomness).
Streams are hashed from purposes and coordinates, so any task can be drawn without those before it."""
M = (1 << 64) - 1

def philox(low, high, key):
    c0, c1, c2, c3 = low & 0xFFFFFFFF, low >> 32, high & 0xFFFFFFFF, high >> 32
    k0, k1 = key & 0xFFFFFFFF, key >> 32
    for _ in range(10):
        first, second = c0 * 0xD2511F53, c2 * 0xCD9E8D57
        c0, c1, c2, c3 = (second >> 32) ^ c1 ^ k0, second & 0xFFFFFFFF, (first >> 32) ^ c3 ^ k1, first & 0xFFFFFFFF
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return c0, c1, c2, c3

class Stream:
    """An address; drawing from it starts at its first number every time."""
    def __init__(self, key): self.key = key

    def child(self, purpose, *coordinates):
        data = purpose.encode()
        words = [len(data)] + [int.from_bytes(data[i:i + 8], "little") for i in range(0, len(data), 8)]
        key = self.key
        for word in words + [len(coordinates)] + [c & M for c in coordinates]:
            x, y, _, _ = philox(word, 1, key)
            key = x | y << 32
        return Stream(key)

    def integers(self):
        """64 random bits at a time, of two draws of 32, the lower half first."""
        counter = 0
        while True:
            a, b, c, d = philox(counter, 0, self.key)
            yield a | b << 32
            yield c | d << 32
            counter += 1

    def sample(self, count, population):
        """Different integers below `population`, in random order."""
        bits = self.integers()
        def below(bound):  # Lemire 2019
            product = next(bits) * bound
            if product & M < bound:
                while product & M < (1 << 64) % bound: product = next(bits) * bound
            return product >> 64
        if population <= max(64, 4 * count):
            all_ = list(range(population))
            for i in range(count):
                j = i + below(population - i)
                all_[i], all_[j] = all_[j], all_[i]
            return all_[:count]
        chosen, taken = [], set()
        while len(chosen) < count:
            candidate = below(population)
            if candidate not in taken: taken.add(candidate); chosen.append(candidate)
        return chosen
