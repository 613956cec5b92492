/** The pictures and packets that are lost between a publisher and a player, with the media server of test/servers. */
import { MediaServer } from '../../test/servers/media-server.js';
import { withChromium } from '../browser.js';

export const publish = {
  name: 'publish',
  title: 'A minute of 720p30 with a tone, published by WHIP and played by WHEP: what is lost beyond the first second',

  async run({ url, quick, table }) {
    const seconds = quick ? 8 : 60;
    const server = new MediaServer();
    const origin = await server.listen();
    try {
      const received = await withChromium(url, ({ call }) =>
        call('publish-and-play', 'measureReceived', origin, seconds),
      );
      table.note('as received', received);
      table.add('publish: height of the pictures sent', { value: received.height, least: 720 });
      table.add('publish: pictures skipped by the source, which was late', { value: received.skipped });
      table.add('publish: pictures lost between publisher and player, by their numbers', {
        value: received.missing - received.skipped,
        most: 0,
      });
      table.add('publish: pictures repeated or out of order', { value: received.disordered, most: 0 });
      table.add('publish: frames dropped, by getStats', { value: received.dropped, most: 0 });
      table.add('publish: packets lost', { value: received.packetsLost, most: 0 });
      table.add('publish: pictures per second', { value: received.pictures / seconds, least: 29.5 });
    } finally {
      server.close();
    }
  },
};
