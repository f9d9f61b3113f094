// Where the tooltip stands: beside the box's row, never on it, so that the title stays readable; flipped at the edges. CSS pixels.
export interface TipPlace { readonly left: number; readonly top: number }
interface Size { readonly width: number; readonly height: number }

const gap = 6;
const besidePointer = 12;

/** `row` is the box's row on the screen, `area` what the tooltip must stay in; it may touch the row only where neither side has room. */
export function placeTip(pointerX: number, row: { readonly top: number; readonly bottom: number }, tip: Size, area: Size): TipPlace {
  const right = pointerX + besidePointer;
  const left = right + tip.width <= area.width ? right : pointerX - besidePointer - tip.width;
  const below = row.bottom + gap;
  const top = below + tip.height <= area.height ? below : row.top - gap - tip.height;
  return { left: Math.max(0, Math.min(left, area.width - tip.width)), top: top >= 0 ? top : Math.max(0, Math.min(below, area.height - tip.height)) };
}
