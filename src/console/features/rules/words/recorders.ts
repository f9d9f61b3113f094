// What is said of a flight recorder that nobody defined and no rule fills.
export const noSuchRecorder = 'No recorder of that name is defined, and no rule fills it.';
