// The sandbox's own code in QuickJS, put together: an expression that gives a function (deliver, ask, config as JSON text) → what the host calls.
import { clockAndChance } from './clock-and-chance.ts';
import { driver } from './driver.ts';
import { harden } from './harden.ts';
import { weirObject } from './weir.ts';

export const preludeSource = `(function (deliver, ask, configText) { 'use strict';\nconst config = JSON.parse(configText);\n${harden}${clockAndChance}${weirObject}${driver}})`;

/** Gives the script's handlers, whatever kind of declaration made them. */
export const handlersSource = `[typeof onRecord === 'function' ? onRecord : null, typeof onTick === 'function' ? onTick : null]`;
