// The line under an open artifact: what of it is shown, and where more of it is.
import type { ReactNode } from 'react';

export const Foot = ({ children, end }: { readonly children: ReactNode; readonly end?: ReactNode }) => <div className="bes-foot"><span className="ell" role="status">{children}</span>{end !== undefined && <span className="end nw">{end}</span>}</div>;
