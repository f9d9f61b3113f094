// A skeleton of the final size. Nothing shows for the first 150 ms (CSS), so quick answers never flash.
const widths = [130, 96, 150, 112, 74];

export function Skeleton({ width = '100%', height = 10 }: { readonly width?: number | string; readonly height?: number }) {
  return <span className="sk" aria-hidden="true" style={{ width, height }} />;
}

/** Rows of the height of table rows, while a table loads. */
export function SkeletonRows({ rows = 6, label = 'Loading' }: { readonly rows?: number; readonly label?: string }) {
  return (
    <div role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, i) => <div key={i} className="row" style={{ height: 'var(--h-row)', padding: '0 var(--s-3)' }}><Skeleton width={widths[i % widths.length]} /><span className="end"><Skeleton width={44} /></span></div>)}
    </div>
  );
}
