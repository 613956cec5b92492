/**
 * What the server can be told to do wrong, by the endpoint's query: `/live/whip?status=503&retry-after=1&times=2`. Each
 * record takes the answer that would have been given and changes it. `times` has it happen so often and no more.
 *
 * | parameter | what |
 * | --- | --- |
 * | `delay` | milliseconds before each answer |
 * | `status` | the status of the answer to the POST, with `retry-after` (seconds, `date:` seconds, or text) |
 * | `redirect` | 307 or 308, to the same path; `origin` names another origin |
 * | `etag` | `none`: there is none; `hidden`: CORS does not expose it |
 * | `patch`, `restart` | the status of the answer to candidates, to an ICE restart |
 * | `strict` | a PATCH without `If-Match` gets 428, one with another tag 412 |
 * | `body`, `type` | another body, or content type, in the answer to the POST |
 * | `location` | `none`, `absolute`, or a value of its own |
 * | `link` | a `Link` header |
 * | `counter-offer` | WHEP: the server offers |
 * | `token` | what is expected; others get 401 |
 */
export const postFaults = {
  status(value, answer, query) {
    const after = query.get('retry-after');
    answer.status = Number(value);
    answer.type = 'text/plain';
    answer.body = query.get('reason') ?? '';
    if (after) answer.headers['retry-after'] = after.startsWith('date:') ? inSeconds(after.slice(5)) : after;
  },
  body(value, answer) {
    answer.body = value;
  },
  type(value, answer) {
    answer.type = value;
  },
  location(value, answer) {
    if (value === 'none') delete answer.headers.location;
    else if (value !== 'absolute') answer.headers.location = value;
  },
  etag(value, answer) {
    if (value === 'none') delete answer.headers.etag;
    if (value === 'hidden') answer.exposed = answer.exposed.filter((name) => name !== 'etag');
  },
  link(value, answer) {
    answer.headers.link = value;
  },
};

const inSeconds = (seconds) => new Date(Date.now() + Number(seconds) * 1000).toUTCString();

/** Counts down `times` for each URL; resolves to whether there is something left to do wrong. */
export class Faults {
  #left = new Map();

  remain(url) {
    const times = url.searchParams.get('times');
    if (times === null) return true;
    const left = this.#left.get(url.href) ?? Number(times);
    this.#left.set(url.href, left - 1);
    return left > 0;
  }
}
