// The one chart theme: colours and type read from the tokens of the theme that is drawn.
export interface ChartTheme {
  readonly text: string; readonly textStrong: string; readonly textQuiet: string; readonly grid: string; readonly axis: string; readonly popup: string; readonly popupLine: string; readonly font: string; readonly accent: string;
  /** Resolves a token such as `--cat-1` to its colour. */
  colour(token: string): string;
}

export function readChartTheme(element: Element): ChartTheme {
  const style = getComputedStyle(element);
  const colour = (token: string) => style.getPropertyValue(token).trim() || 'currentColor';
  return {
    text: colour('--text-2'), textStrong: colour('--text-1'), textQuiet: colour('--text-3'), grid: colour('--line-1'), axis: colour('--line-2'),
    popup: colour('--bg-4'), popupLine: colour('--line-2'), font: style.getPropertyValue('--font-ui').trim(), accent: colour('--accent'), colour,
  };
}
