// Keccak-256 as Ethereum uses it (the original padding 01, not FIPS 202's 06), of messages shorter than one block of 136
// bytes: for the capitals of EIP-55 addresses. Lanes of 64 bits as big integers; it runs once for each address found.

const mask = (1n << 64n) - 1n;
const turned = (lane: bigint, by: number): bigint => ((lane << BigInt(by)) | (lane >> BigInt(64 - by))) & mask;

/** Constants of the 24 rounds, from the degree-8 shift register that the reference defines. */
const roundConstants: readonly bigint[] = (() => {
  let register = 1;
  const next = (): number => {
    const bit = register & 1;
    register = register & 0x80 ? ((register << 1) ^ 0x171) : register << 1;
    return bit;
  };
  return Array.from({ length: 24 }, () => {
    let constant = 0n;
    for (let j = 0; j < 7; j++) if (next() === 1) constant |= 1n << BigInt((1 << j) - 1);
    return constant;
  });
})();

/** Where each lane goes and how far it turns (steps rho and pi), lane x + 5y. */
const moves: readonly (readonly [from: number, to: number, turn: number])[] = (() => {
  const list: [number, number, number][] = [[0, 0, 0]];
  for (let t = 0, x = 1, y = 0; t < 24; t++) {
    const [toX, toY] = [y, (2 * x + 3 * y) % 5];
    list.push([x + 5 * y, toX + 5 * toY, ((t + 1) * (t + 2) / 2) % 64]);
    [x, y] = [toX, toY];
  }
  return list;
})();

function permute(lanes: bigint[]): void {
  for (const constant of roundConstants) {
    const columns = [0, 1, 2, 3, 4].map((x) => lanes[x]! ^ lanes[x + 5]! ^ lanes[x + 10]! ^ lanes[x + 15]! ^ lanes[x + 20]!);
    for (let i = 0; i < 25; i++) lanes[i]! ^= columns[(i + 4) % 5]! ^ turned(columns[(i + 1) % 5]!, 1);
    const moved: bigint[] = [];
    for (const [from, to, turn] of moves) moved[to] = turned(lanes[from]!, turn);
    for (let i = 0; i < 25; i++) {
      const row = i - (i % 5);
      lanes[i] = moved[i]! ^ (~moved[row + ((i + 1) % 5)]! & mask & moved[row + ((i + 2) % 5)]!);
    }
    lanes[0]! ^= constant;
  }
}

/** Hex of the digest of an ASCII text of at most 135 characters. */
export function keccak256(text: string): string {
  const block = new Uint8Array(136);
  for (let i = 0; i < text.length; i++) block[i] = text.charCodeAt(i);
  block[text.length] = 0x01;
  block[135]! |= 0x80;
  const lanes = Array.from({ length: 25 }, (_, i) => block.subarray(i * 8, i * 8 + 8).reduceRight((lane, byte) => (lane << 8n) | BigInt(byte), 0n));
  permute(lanes);
  return lanes.slice(0, 4).map((lane) => Array.from({ length: 8 }, (_, i) => Number((lane >> BigInt(i * 8)) & 0xffn).toString(16).padStart(2, '0')).join('')).join('');
}
