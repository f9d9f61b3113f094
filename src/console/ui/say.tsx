// What a pane says when it has no data: empty (why, and how to fill it) and error (cause, effect, next step, details to copy).
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { copyText } from './copy-text.ts';
import { Icon } from './icon.tsx';

export interface EmptyStateProps { readonly title: string; readonly children?: ReactNode; readonly actions?: ReactNode }

export function EmptyState({ title, children, actions }: EmptyStateProps) {
  return <div className="say"><div className="grow"><b className="md">{title}</b>{children && <div className="t2">{children}</div>}{actions && <div className="row">{actions}</div>}</div></div>;
}

export interface ErrorStateProps { readonly title: string; /** Effect and next step, in sentences. */ readonly children?: ReactNode; readonly details?: string; readonly onRetry?: () => void; readonly actions?: ReactNode }

export function ErrorState({ title, children, details, onRetry, actions }: ErrorStateProps) {
  return (
    <div className="say" role="alert">
      <span className="red"><Icon name="warn" /></span>
      <div className="grow">
        <b className="md">{title}</b>
        {children && <div className="t2">{children}</div>}
        <div className="row">
          {onRetry && <Button size="s" icon="refresh" onClick={onRetry}>Try again</Button>}{actions}
          {details && <Button size="s" variant="ghost" onClick={() => void copyText(details)}>Copy details</Button>}
        </div>
      </div>
    </div>
  );
}
