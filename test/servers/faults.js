/**
 * Faults of the server, which a test requests in the query of the endpoint: `/live/whip?status=503&retry-after=1&times=2`.
 *
 * | parameter | effect |
 * | --- | --- |
 * | `delay` | milliseconds before each answer |
 * | `status` | status of the answer to the POST, with `retry-after` (seconds, `date:` and seconds, or any text) |
 * | `redirect` | 307 or 308 to the same path; `origin` names another origin |
 * | `etag` | `none`: no entity tag; `hidden`: CORS does not expose it |
 * | `answer-delay` | milliseconds before the answer to the POST, after the session was made |
 * | `patch`, `restart`, `delete` | status of the answer to candidates, to an ICE restart, to the end of the session |
 * | `strict` | a PATCH without `If-Match` gets 428, one with another tag 412 |
 * | `body`, `type` | another body, or content type, of the answer to the POST |
 * | `created` | status of the answer to a POST that succeeds |
 * | `location` | `none`, `hidden` (not exposed by CORS), `absolute`, or any value |
 * | `kinds` | WHEP: the kinds of the stream; an offer of others gets 406 |
 * | `refuse` | the kind of media that the answer rejects |
 * | `simulcast` | how many sizes the answer takes; `none`: it does not take simulcast |
 * | `codec` | the video codec that the answer puts first |
 * | `link` | a `Link` header |
 * | `turn` | the address of a TURN server, which a `Link` header names with credentials that are valid for `turn-seconds` |
 * | `needs-candidates` | an offer without candidates gets 400 |
 * | `counter-offer` | WHEP: the server makes the offer |
 * | `token` | the expected token; requests without it get 401 |
 * | `times` | how many requests `redirect`, `status` and the changes of the answer to the POST affect; all by default |
 */

import { turnLink } from './turn-link.js';

/** Each fault changes the answer to a POST. */
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
  created(value, answer) {
    answer.status = Number(value);
  },
  type(value, answer) {
    answer.type = value === 'none' ? '' : value;
  },
  refuse(value, answer) {
    const mid = new RegExp(`^m=${value} [\\s\\S]*?^a=mid:(\\S+)`, 'm').exec(answer.body)?.[1];
    answer.body = answer.body
      .replace(new RegExp(`^m=${value} \\d+`, 'm'), `m=${value} 0`)
      .replace(/^a=group:BUNDLE.*$/m, (line) => line.replace(new RegExp(` ${mid}(?= |\r|$)`), ''));
  },
  simulcast(value, answer) {
    const [, list = ''] = /^a=simulcast:recv (\S+)/m.exec(answer.body) ?? [];
    const taken = value === 'none' ? [] : list.split(';').slice(0, Number(value));
    answer.body = answer.body
      .replace(/^a=simulcast:.*\r?\n/gm, taken.length > 0 ? `a=simulcast:recv ${taken.join(';')}\r\n` : '')
      .replace(/^a=rid:(\S+) .*\r?\n/gm, (line, rid) => (taken.includes(rid) ? line : ''));
  },
  codec(value, answer) {
    const type = new RegExp(`^a=rtpmap:(\\d+) ${value}/`, 'im').exec(answer.body)?.[1];
    answer.body = answer.body.replace(/^(m=video \S+ \S+)(.*)$/m, (_, start, types) =>
      [
        start,
        type,
        ...types
          .trim()
          .split(' ')
          .filter((other) => other !== type),
      ].join(' '),
    );
  },
  location(value, answer) {
    if (value === 'none') delete answer.headers.location;
    else if (value === 'hidden') answer.exposed = answer.exposed.filter((name) => name !== 'location');
    else if (value !== 'absolute') answer.headers.location = value;
  },
  etag(value, answer) {
    if (value === 'none') delete answer.headers.etag;
    if (value === 'hidden') answer.exposed = answer.exposed.filter((name) => name !== 'etag');
  },
  link(value, answer) {
    answer.headers.link = value;
  },
  turn(value, answer, query) {
    answer.headers.link = turnLink(value, Number(query.get('turn-seconds') ?? 3600));
  },
};

const inSeconds = (seconds) => new Date(Date.now() + Number(seconds) * 1000).toUTCString();

/** Counts down `times` for each URL. */
export class FaultCounter {
  #remaining = new Map();

  /** Whether the faults of this URL still apply. Counts the call. */
  takeFault(url) {
    const times = url.searchParams.get('times');
    if (times === null) return true;
    const remaining = this.#remaining.get(url.href) ?? Number(times);
    this.#remaining.set(url.href, remaining - 1);
    return remaining > 0;
  }
}
