/* Records into the file of the private file system that the query names, in the container that it names. */
import 'track-elements/define/all';

const query = new URLSearchParams(location.search);
const recorder = document.querySelector('track-recorder');
const folder = await navigator.storage.getDirectory();
const file = await folder.getFileHandle(query.get('file') ?? '', { create: true });
if (recorder) {
  recorder.type = query.get('type') ?? '';
  await recorder.start(file);
}
