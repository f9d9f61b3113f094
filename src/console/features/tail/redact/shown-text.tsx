// The result of a policy on one value, with what is hidden for display only marked apart.
import { Fragment } from 'react';
import { MaskedText } from '../../../ui/index.ts';
import { onlyHere } from './shown-result.ts';

export const ShownText = ({ text }: { readonly text: string }) => text.split(onlyHere).map((part, i) => <Fragment key={i}>{i > 0 && <span className="rdx-only" title="Another secret: hidden here for display only, this policy leaves it as it is">{onlyHere}</span>}<MaskedText text={part} /></Fragment>);
