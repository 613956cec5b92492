/** An application that knows nothing of virtual devices: it opens a camera and shows it. */

/** The parts of the page that show the application. */
export interface ApplicationView {
  readonly button: HTMLButtonElement;
  readonly video: HTMLVideoElement;
  /** Shown while the camera is not open. */
  readonly placeholder: HTMLElement;
  /** Says what the application got. */
  readonly note: HTMLElement;
}

export function setUpApplication({ button, video, placeholder, note }: ApplicationView): void {
  let track: MediaStreamTrack | null = null;

  function show(stream: MediaStream | null, text: string): void {
    video.srcObject = stream;
    placeholder.hidden = stream !== null;
    button.textContent = stream ? 'Close the camera' : 'Open the camera';
    note.textContent = text;
  }

  async function open(): Promise<void> {
    try {
      const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 360 } });
      const [opened] = stream.getVideoTracks() as [MediaStreamTrack];
      track = opened;
      const tell = () => {
        const { width, height } = opened.getSettings();
        const isMuted = opened.muted ? ', muted by the system' : '';
        note.textContent = `getUserMedia() gave “${opened.label}” at ${width} × ${height}${isMuted}.`;
      };
      opened.addEventListener('ended', () => {
        track = null;
        show(null, 'The track has ended: the camera was unplugged, or its permission was withdrawn.');
      });
      for (const type of ['mute', 'unmute']) opened.addEventListener(type, tell);
      show(stream, '');
      tell();
    } catch (error) {
      show(null, `getUserMedia() rejected: ${(error as Error).name}. ${(error as Error).message}`);
    }
  }

  button.addEventListener('click', () => {
    if (!track) return void open();
    track.stop();
    track = null;
    show(null, '');
  });
}
