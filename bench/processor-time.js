/** How much processor time a browser takes, all its processes together. */
import { readdir, readFile } from 'node:fs/promises';

/** Linux counts processor time in hundredths of a second, whatever its own clock does. */
const TICKS = 100;

/** Seconds of processor time that a browser's processes have used so far. */
export async function processorTime(browser) {
  return process.platform === 'linux' ? treeTime(browser.process().pid) : reportedTime(browser);
}

/** User and system time of a process and everything below it. */
async function treeTime(root) {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const processes = (await Promise.all(pids.map(readProcess))).filter(Boolean);
  const tree = new Set([root]);
  // Processes are not listed parents first.
  for (let size = 0; size !== tree.size; ) {
    size = tree.size;
    for (const { pid, parent } of processes) if (tree.has(parent)) tree.add(pid);
  }
  const ticks = processes.filter(({ pid }) => tree.has(pid)).reduce((sum, each) => sum + each.ticks, 0);
  return ticks / TICKS;
}

async function readProcess(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => undefined);
  if (!stat) return undefined;
  // The program's name comes second, in brackets, and may have spaces in it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { pid: Number(pid), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
}

/** What the browser itself says, where there is no `/proc`. */
async function reportedTime(browser) {
  const session = await browser.target().createCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}
