// What both pages need: a clock that the server shares, long tasks, and the moment at which something is seen.

/** Milliseconds since 1970. */
export const now = () => performance.timeOrigin + performance.now();

/** Tasks of the main thread of 50 ms and more: the browser tells of no others. */
export const tasks = [];
new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });

/** When what stands there now has been laid out and a frame has passed. */
export async function seen(element) {
  element.getBoundingClientRect();
  await new Promise((frame) => requestAnimationFrame(frame));
  await new Promise((after) => setTimeout(after, 0));
  return now();
}

/** Puts a text letter by letter, in so many milliseconds; `put` hears what stands there each time. */
export async function type(text, milliseconds, put) {
  const begun = performance.now();
  for (let count = 1; count <= text.length; count += 1) {
    const due = begun + (milliseconds * count) / text.length - performance.now();
    if (due > 0) await new Promise((then) => setTimeout(then, due));
    put(text.slice(0, count));
  }
}
