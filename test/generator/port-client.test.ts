import { type Answer, answer, type RequestMessage } from '../../dist/generator/messages.js';
import { PortClient } from '../../dist/generator/page/port-client.js';
import { rejectionOf } from '../support/rejections.js';
import { afterEach, assert, describe, it } from '../support/suite.js';

interface Requests {
  double(request: { readonly value: number }): number;
  fail(request: { readonly message: string }): never;
}

type Event = { readonly type: 'greeting'; readonly text: string };
type Command = { readonly type: 'greet'; readonly text: string };

const ended = new DOMException('The track has ended.', 'AbortError');

describe('PortClient', () => {
  const ports: MessagePort[] = [];

  /** The page's port of a receiver that doubles numbers, fails and greets. Odd numbers are answered late. */
  function connect(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    const post = (message: Answer | Event) => port2.postMessage(message);
    port2.onmessage = ({ data }: MessageEvent<RequestMessage<Requests> | Command>) => {
      if (data.type === 'greet') post({ type: 'greeting', text: data.text });
      else if (data.type === 'fail') {
        answer(post, data.id, () => {
          throw new RangeError(data.message);
        });
      } else {
        const { value, id } = data;
        const late = new Promise((resolve) => setTimeout(() => resolve(value * 2), 30));
        answer(post, id, () => (value % 2 ? late : value * 2));
      }
    };
    return port1;
  }

  afterEach(() => {
    for (const port of ports.splice(0)) port.close();
  });

  it('resolves each request to its own answer, whatever their order is', async () => {
    const client = new PortClient<Requests>(connect());
    const answers = [1, 2, 3, 4].map((value) => client.request('double', { value }));
    assert.deepEqual(await Promise.all(answers), [2, 4, 6, 8]);
  });

  it('rejects a request with the error of the receiver, in its class', async () => {
    const client = new PortClient<Requests>(connect());
    const error = await rejectionOf(client.request('fail', { message: 'too large' }));
    assert.instanceOf(error, RangeError);
    assert.equal(error.message, 'too large');
  });

  it('rejects a request whose data cannot be cloned', async () => {
    const client = new PortClient<Requests>(connect());
    const error = await rejectionOf(client.request('double', { value: (() => 1) as never }));
    assert.equal(error.name, 'DataCloneError');
  });

  it('posts commands and hears events', async () => {
    const heard = new Promise<Event>((resolve) => {
      const client = new PortClient<Requests, Command, Event>(connect(), resolve);
      client.post({ type: 'greet', text: 'hello' });
    });
    assert.equal((await heard).text, 'hello');
  });

  it('shares a port with other clients', async () => {
    const port = connect();
    const [one, other] = [new PortClient<Requests>(port), new PortClient<Requests>(port)];
    const answers = [one.request('double', { value: 1 }), other.request('double', { value: 2 })];
    assert.deepEqual(await Promise.all(answers), [2, 4]);
  });

  it('rejects waiting and later requests with the reason for which it was closed', async () => {
    const client = new PortClient<Requests>(connect());
    const waiting = client.request('double', { value: 1 });
    client.close(ended);
    assert.equal(await rejectionOf(waiting), ended);
    assert.equal(await rejectionOf(client.request('double', { value: 2 })), ended);
  });
});
