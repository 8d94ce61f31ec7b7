#pragma once

// Memory that was used and is free again, and which the C library and the system keep for the next use.
// A program with this library has all its threads allocate in one place, so that what is free does not lie scattered
// over several; each thread still has a cache of its own in front of it.

/// Gives back what is kept for the calling thread: the stack below what is in use, and the small blocks that the
/// C library holds for its next use. Takes less than a millisecond.
void memory_give_back_thread(void);

/// Gives all free memory back to the system; takes milliseconds.
void memory_give_back(void);
