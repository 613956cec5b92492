/* Simulated network faults: their description, and the decision about each encoded frame. */
import type { RequestMessage } from '../generator/messages.js';
import { checkNumber } from '../signals/checks.js';
import { random32 } from '../signals/random.js';
import type { TrackKind } from '../signals/track-kind.js';

/**
 * Faults of a network, applied to encoded frames as if each crossed it in packets of at most 1200 bytes. A packet of video
 * that is lost is sent again and comes one round trip later, as often as needed; a packet of audio is not sent again.
 * The round trip is twice `delay`, and at least 20 ms. Equal seeds lose the same packets of the same frames, counted from
 * the start, so a failing run can be repeated.
 */
export interface Impairments {
  /** Share of the packets that are lost, 0 to 1. Packets that are sent again are lost with the same probability. */
  readonly loss: number;
  /** Share of the lost packets of video that are not sent again, 0 to 1. Their frames never arrive. */
  readonly unrecovered: number;
  /** Delay of every frame in milliseconds, 0 to 10000. */
  readonly delay: number;
  /** Largest additional random delay of a frame in milliseconds, 0 to 10000. The order of the frames stays. */
  readonly jitter: number;
  /** Milliseconds of every ten seconds in which nothing arrives, 0 to 10000. The held frames then arrive at once. */
  readonly freeze: number;
  /** Selects the lost packets and the random delays: a 32-bit integer. */
  readonly seed: number;
}

export const NO_IMPAIRMENTS: Impairments = { loss: 0, unrecovered: 0, delay: 0, jitter: 0, freeze: 0, seed: 0 };

/** An encoded frame that enters the simulated network. */
export interface EnteringFrame {
  readonly kind: TrackKind;
  /** Number of the frame, from 0. */
  readonly index: number;
  readonly byteLength: number;
  /** When it enters, in milliseconds. */
  readonly time: number;
}

/** How an encoded frame passes the simulated network. */
export interface Passage {
  /** When it is delivered, on the clock of {@link EnteringFrame.time}; `null` if it never is. */
  readonly deliveryTime: number | null;
  /** Packets that were lost, those that were sent again included. */
  readonly lost: number;
  /** Packets that were sent again. */
  readonly retransmitted: number;
}

/** Counts of the frames of one kind since the start. */
export interface ImpairmentCounts {
  /** Packets that were lost, those that were sent again included. */
  packetsLost: number;
  /** Packets that were sent again. */
  packetsRetransmitted: number;
  /** Frames that never arrive: one of their packets, or of a frame that they build upon, is lost for good. */
  framesLost: number;
  framesDelivered: number;
  /** The sum of the delays of the delivered frames in milliseconds. */
  totalDelay: number;
}

export const noImpairmentCounts = (): ImpairmentCounts => ({
  packetsLost: 0,
  packetsRetransmitted: 0,
  framesLost: 0,
  framesDelivered: 0,
  totalDelay: 0,
});

/** The options of a sender's `RTCRtpScriptTransform`. Page and worker exchange messages through its port. */
export interface ImpairerOptions {
  readonly kind: TrackKind;
  readonly port: MessagePort;
}

export interface ImpairerRequests {
  count(request: object): ImpairmentCounts;
}

export interface ImpairCommand {
  readonly type: 'impair';
  readonly impairments: Impairments;
}

/** From a browser whose transforms cannot ask for a key frame. */
export interface ImpairerEvent {
  readonly type: 'key-frame-needed';
}

export type ImpairerMessage = RequestMessage<ImpairerRequests> | ImpairCommand;

const FREEZE_PERIOD_MS = 10_000;
/** Payload of a packet: an Ethernet frame less the headers, as libwebrtc cuts it. */
const PACKET_BYTES = 1200;
/** A receiver needs some milliseconds to notice a gap, however short the path is. libwebrtc asks every 20 ms. */
const MIN_ROUND_TRIP_MS = 20;
/** libwebrtc asks ten times for a packet, then for a key frame. */
const MAX_RETRANSMISSIONS = 10;

/** @throws {RangeError} for a number outside its range. */
export function checkImpairments({ loss, unrecovered, delay, jitter, freeze, seed }: Impairments): void {
  checkNumber('loss', loss, { min: 0, max: 1 });
  checkNumber('unrecovered', unrecovered, { min: 0, max: 1 });
  checkNumber('delay', delay, { min: 0, max: 10_000, unit: 'ms' });
  checkNumber('jitter', jitter, { min: 0, max: 10_000, unit: 'ms' });
  checkNumber('freeze', freeze, { min: 0, max: FREEZE_PERIOD_MS, unit: 'ms' });
  checkNumber('seed', seed);
}

/** Milliseconds from noticing a loss to the arrival of the packet that is sent again. */
export const roundTripTime = ({ delay }: Pick<Impairments, 'delay'>): number => Math.max(MIN_ROUND_TRIP_MS, 2 * delay);

/**
 * How a frame passes the network.
 *
 * @param previousDelivery When the frame before it was delivered. No frame overtakes another, so the frames after one that
 *   waits for a packet wait too, as they do in the jitter buffer of a receiver.
 */
export function passNetwork(impairments: Impairments, frame: EnteringFrame, previousDelivery: number): Passage {
  const { delay, jitter, freeze } = impairments;
  const { lost, retransmitted, rounds } = sendPackets(impairments, frame);
  if (rounds === null) return { deliveryTime: null, lost, retransmitted };
  const random = draw(impairments, frame, 0, JITTER_DRAW);
  const arrival = frame.time + delay + jitter * random + rounds * roundTripTime(impairments);
  const time = Math.max(arrival, previousDelivery);
  // The freeze is at the end of each period, so the first period begins undisturbed.
  const periodEnd = Math.ceil(time / FREEZE_PERIOD_MS) * FREEZE_PERIOD_MS;
  return { deliveryTime: time > periodEnd - freeze ? periodEnd : time, lost, retransmitted };
}

/** `rounds` is how often packets were sent again until all had arrived; `null` if one never does. */
function sendPackets(impairments: Impairments, frame: EnteringFrame) {
  const sum = { lost: 0, retransmitted: 0, rounds: 0 as number | null };
  if (impairments.loss === 0) return sum;
  for (let packet = 0; packet < Math.max(1, frame.byteLength / PACKET_BYTES); packet++) {
    const { losses, arrives } = sendPacket(impairments, frame, packet);
    sum.lost += losses;
    sum.retransmitted += arrives ? losses : losses - 1;
    sum.rounds = arrives && sum.rounds !== null ? Math.max(sum.rounds, losses) : null;
  }
  return sum;
}

function sendPacket(impairments: Impairments, frame: EnteringFrame, packet: number) {
  const { loss, unrecovered } = impairments;
  const isSentAgain = frame.kind === 'video' && draw(impairments, frame, packet, RECOVERY_DRAW) >= unrecovered;
  const transmissions = isSentAgain ? 1 + MAX_RETRANSMISSIONS : 1;
  let losses = 0;
  while (losses < transmissions && draw(impairments, frame, packet, losses) < loss) losses++;
  return { losses, arrives: losses < transmissions };
}

/** Numbers of draws of a packet. The random numbers from 0 to `MAX_RETRANSMISSIONS` are for its transmissions. */
const RECOVERY_DRAW = 14;
const JITTER_DRAW = 15;
const DRAWS_OF_PACKET = 16;
/** This number of packets have their own random numbers: enough for frames of 5 MB. */
const PACKETS_OF_FRAME = 4096;

/** A random number from 0 to below 1, which depends on the seed and its arguments only. */
function draw({ seed }: Impairments, { index }: EnteringFrame, packet: number, number: number): number {
  const position = index * PACKETS_OF_FRAME + (packet % PACKETS_OF_FRAME);
  return random32(seed, position * DRAWS_OF_PACKET + number) / 2 ** 32;
}
