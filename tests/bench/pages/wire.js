// The messages of `answer_messages::wire` as far as they are needed here: postcard, field after field in the order of the
// structures. A change of those is noticed, for what is left over or lacks is an error.

const utf8 = new TextEncoder();

function number(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  return [...bytes, value];
}
function text(value) {
  const bytes = utf8.encode(value);
  return [...number(bytes.length), ...bytes];
}

/** `Request { id, call: Call::Ask(Question { text, lang, limit }) }`. */
export const ask = (id, question, lang, limit) =>
  Uint8Array.from([...number(id), 1, ...text(question), 1, ...text(lang), ...number(limit)]);

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = 0;
  }
  number() {
    let [value, weight] = [0, 1];
    for (;;) {
      const byte = this.view.getUint8(this.at++);
      value += (byte % 128) * weight;
      if (byte < 128) return value;
      weight *= 128;
    }
  }
  text() {
    const length = this.number();
    if (this.at + length > this.bytes.length) throw new Error("a text is longer than its message");
    this.at += length;
    return new TextDecoder().decode(this.bytes.subarray(this.at - length, this.at));
  }
  float() {
    this.at += 8;
    return this.view.getFloat64(this.at - 8, true);
  }
  list(read) {
    return Array.from({ length: this.number() }, read);
  }
}

const DECISIONS = ["answer", "choose", "hand_off"];

/** The id of a response. */
export const idOf = (bytes) => new Reader(bytes).number();

/** `Response { id, outcome: Ok(Return::Answered(Reply, f64)) }`: the articles' slugs and the decision. */
export function answered(bytes) {
  const reader = new Reader(bytes);
  reader.number();
  if (reader.number() !== 0) throw new Error(`the worker failed: kind ${reader.number()}, ${reader.text()}`);
  if (reader.number() !== 1) throw new Error("the worker gave another return than an answer");
  const [, , decision] = [reader.text(), reader.text(), DECISIONS[reader.number()]];
  reader.number();
  reader.float();
  const hits = reader.list(() => {
    const [article] = [reader.text(), reader.text(), reader.text(), reader.text(), reader.text()];
    reader.float();
    reader.text();
    reader.list(() => [reader.number(), reader.number()]);
    return article;
  });
  const engine = reader.float();
  if (reader.at !== bytes.length || !decision) throw new Error("the worker's messages are not of the form that this knows");
  return { hits, decision, engine };
}
