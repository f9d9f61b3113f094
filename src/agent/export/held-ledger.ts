// How many acknowledged records this process holds in memory, kept in a file at every moment, so that after a kill the next
// process can say how many were lost. One eight-byte write per change: it survives the process (not the machine), unsynced.
import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export interface HeldLedger {
  /** Records that the process before this one still held when it ended. */
  readonly lostAtCrash: number;
  change(delta: number): void;
  close(): void;
}

/** Without a writable file the ledger counts nothing and `lostAtCrash` is 0. */
export function openHeldLedger(path: string): HeldLedger {
  const lostAtCrash = readHeld(path);
  const cell = Buffer.alloc(8);
  let held = 0;
  let file: number | null = openFile(path);
  const write = (): void => {
    if (file === null) return;
    cell.writeDoubleLE(held);
    try {
      writeSync(file, cell, 0, 8, 0);
    } catch {
      file = null; // A full disk: the count is given up, not the telemetry.
    }
  };
  write();
  return {
    lostAtCrash,
    change(delta) { held += delta; write(); },
    close() { if (file !== null) closeSync(file); file = null; },
  };
}

/** For agents that keep no files, and for tests. */
export const noLedger: HeldLedger = { lostAtCrash: 0, change() {}, close() {} };

function readHeld(path: string): number {
  try {
    const bytes = readFileSync(path);
    const held = bytes.length >= 8 ? bytes.readDoubleLE(0) : 0;
    return Number.isSafeInteger(held) && held > 0 ? held : 0;
  } catch {
    return 0;
  }
}

function openFile(path: string): number | null {
  try {
    mkdirSync(dirname(path), { recursive: true });
    return openSync(path, 'w', 0o600);
  } catch {
    return null;
  }
}
