// Random numbers that are the same in every run: who measures again asks the same questions.

/** A generator of numbers from 0 up to 1, begun by a text. */
export function generator(seed) {
  let state = [...seed].reduce((hash, character) => Math.imul(hash ^ character.codePointAt(0), 0x01000193), 0x811c9dc5);
  return () => {
    // Marsaglia's xorshift with a multiplication at the end: plain counters would make neighbours alike.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (Math.imul(state, 0x9e3779b1) >>> 0) / 2 ** 32;
  };
}

/** One of a list. */
export const one = (random, list) => list[Math.floor(random() * list.length)];

/** A copy in another order. */
export function shuffled(random, list) {
  const copy = [...list];
  for (let last = copy.length - 1; last > 0; last -= 1) {
    const at = Math.floor(random() * (last + 1));
    [copy[last], copy[at]] = [copy[at], copy[last]];
  }
  return copy;
}
