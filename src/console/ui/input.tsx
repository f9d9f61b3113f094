// Text fields. `error` is a sentence that says what to type instead; it is tied to the field for screen readers.
import { useId } from 'react';
import type { InputHTMLAttributes, ReactNode, Ref, TextareaHTMLAttributes } from 'react';

interface FieldParts { readonly label?: ReactNode; readonly error?: string | null | undefined; readonly hint?: ReactNode }
export interface InputProps extends InputHTMLAttributes<HTMLInputElement>, FieldParts { readonly ref?: Ref<HTMLInputElement>; readonly mono?: boolean; readonly small?: boolean }
export interface TextAreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement>, FieldParts { readonly ref?: Ref<HTMLTextAreaElement>; readonly mono?: boolean }

function Field({ id, label, error, hint, children }: FieldParts & { readonly id: string; readonly children: ReactNode }) {
  return (
    <div className="field">
      {label && <label htmlFor={id}>{label}</label>}
      {children}
      {error ? <div id={`${id}-why`} className="why" role="alert">{error}</div> : hint && <div id={`${id}-hint`} className="hint">{hint}</div>}
    </div>
  );
}

const describe = (id: string, { error, hint }: FieldParts) => (error ? `${id}-why` : hint ? `${id}-hint` : undefined);
const classes = (mono?: boolean, small?: boolean, more = '') => ['inp', mono ? 'mono' : '', small ? 's' : '', more].filter(Boolean).join(' ');

export function Input({ label, error, hint, mono, small, className, id, ...rest }: InputProps) {
  const own = useId();
  const use = id ?? own;
  const control = <input {...rest} id={use} className={classes(mono, small, className)} aria-invalid={error ? true : undefined} aria-describedby={describe(use, { error, hint })} />;
  return label || error || hint ? <Field id={use} label={label} error={error} hint={hint}>{control}</Field> : control;
}

export function TextArea({ label, error, hint, mono, className, id, ...rest }: TextAreaProps) {
  const own = useId();
  const use = id ?? own;
  const control = <textarea rows={3} {...rest} id={use} className={classes(mono, false, className)} aria-invalid={error ? true : undefined} aria-describedby={describe(use, { error, hint })} />;
  return label || error || hint ? <Field id={use} label={label} error={error} hint={hint}>{control}</Field> : control;
}
