/** The processor time of all processes of a browser. */
import { readdir, readFile } from 'node:fs/promises';

/** Linux counts processor time in hundredths of a second. */
const TICKS_PER_SECOND = 100;

/** Seconds of processor time that a browser's processes have used so far. */
export async function processorTime(browser) {
  return process.platform === 'linux' ? treeTime(browser.process().pid) : reportedTime(browser);
}

/**
 * Seconds of processor time of each thread of a browser, by its id, with the type of its process and its name. Only on
 * Linux.
 */
export async function threadTimes(browser) {
  const times = new Map();
  for (const { pid } of await processTree(browser.process().pid)) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '');
    const type = /--type=([\w-]+)/.exec(command)?.[1] ?? 'browser';
    for (const id of await readdir(`/proc/${pid}/task`).catch(() => [])) {
      const read = (file) => readFile(`/proc/${pid}/task/${id}/${file}`, 'latin1').catch(() => '');
      const [name, statistics] = [await read('comm'), await read('schedstat')];
      // A thread may end meanwhile.
      if (!statistics) continue;
      const [nanoseconds] = statistics.split(' ');
      times.set(id, { thread: `${type} ${name.trim()}`, seconds: Number(nanoseconds) / 1e9 });
    }
  }
  return times;
}

/** The user and system time of a process and of its descendants. */
async function treeTime(root) {
  return (await processTree(root)).reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_PER_SECOND;
}

/** A process and its descendants. */
async function processTree(root) {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const processes = (await Promise.all(pids.map(readProcess))).filter(Boolean);
  const tree = new Set([root]);
  // A child can be listed before its parent: repeat until the tree no longer grows.
  for (let size = 0; size !== tree.size; ) {
    size = tree.size;
    for (const { pid, parent } of processes) if (tree.has(parent)) tree.add(pid);
  }
  return processes.filter(({ pid }) => tree.has(pid));
}

async function readProcess(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => undefined);
  if (!stat) return undefined;
  // The second field is the name of the program in brackets, which can contain spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { pid: Number(pid), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
}

/** The time that the browser itself reports, for systems without `/proc`. */
async function reportedTime(browser) {
  const session = await browser.target().createCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}
