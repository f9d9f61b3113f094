// What a person may type into the script's fields.
import { z } from 'zod';

export const actionCount = z.string().regex(/^\d{1,4}$/, 'A whole number from 0 to 9999.');
