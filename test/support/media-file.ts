/** Recordings as FFmpeg and as the browser read them. */
import { executeServerCommand } from '@web/test-runner-commands';
import { onCleanup } from './cleanup.js';
import { place } from './page.js';
import { nextEvent, waitFor } from './waiting.js';

/** A file as FFmpeg sees it. */
export interface InspectedFile {
  readonly streams: readonly { codec_type: string; codec_name: string; width?: number; height?: number }[];
  readonly format: { readonly duration?: string; readonly format_name: string };
  /** Each picture: its time in seconds, its mean luma (16 is black, 235 white). */
  readonly pictures: readonly { time: number; luma: number }[];
  /** The largest sample of each millisecond of the left channel. */
  readonly levels: readonly number[];
  /** The errors that FFmpeg reports. */
  readonly errors: string;
}

/** Resolves to `null` where FFmpeg is not installed: `(await inspect(blob)) ?? skip(this, noFfmpeg)`. */
export async function inspect(blob: Blob, channel: 0 | 1 = 0): Promise<InspectedFile | null> {
  const base64 = await base64Of(blob);
  const file = (await executeServerCommand('media-file', { base64, channel })) as InspectedFile;
  return file.streams ? file : null;
}

async function base64Of(blob: Blob): Promise<string> {
  const reader = new FileReader();
  const loaded = nextEvent(reader, 'load');
  reader.readAsDataURL(blob);
  await loaded;
  return String(reader.result).replace(/^.*,/, '');
}

/** Resolves to a video element that has loaded the file. */
export async function playFile(blob: Blob): Promise<HTMLVideoElement> {
  const video = place<HTMLVideoElement>('<video muted playsinline preload="auto"></video>');
  const url = URL.createObjectURL(blob);
  onCleanup(() => URL.revokeObjectURL(url));
  video.src = url;
  await waitFor(() => {
    if (video.error) throw new Error(`The file does not play: ${video.error.message}`);
    return video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
  }, 'a picture of the file');
  return video;
}
