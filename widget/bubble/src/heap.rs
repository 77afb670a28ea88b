//! The bubble's allocator.
//!
//! Rust's own for WebAssembly serves every kind of program and is 2.5 kB of what a visitor downloads. This one knows that
//! there is one thread and that whoever frees a block says how large it was, so that blocks need no headers. Small blocks
//! come in steps of 16 bytes, with a list of free ones for each size. Larger ones are cut from a list of free room, in which
//! neighbours grow together again.
#![expect(unsafe_code, reason = "an allocator hands out memory by its address")]

use std::ptr::{NonNull, null_mut};

/// Sizes are multiples of this, and so are addresses.
const STEP: usize = 16;
/// Small blocks have up to this many steps.
const SMALL: usize = 32;
/// Small blocks are cut from pieces of this size.
const PIECE: usize = 4096;

/// Stands in room that is free.
#[derive(Clone, Copy)]
struct Free {
    /// In bytes; not used in the lists of small blocks.
    size: usize,
    /// Another, at a higher address in the list of larger room.
    next: *mut Free,
}

/// Memory that is not in use.
pub(crate) struct Heap {
    /// Free small blocks by their steps.
    small: [*mut Free; SMALL + 1],
    /// Larger room, in the order of addresses.
    large: *mut Free,
    /// What is left of the latest piece for small blocks.
    piece: (usize, usize),
    /// Whether it has had any memory.
    #[cfg(target_arch = "wasm32")]
    begun: bool,
}

impl Heap {
    /// One that has no memory yet.
    pub(crate) const fn new() -> Self {
        Self {
            small: [null_mut(); SMALL + 1],
            large: null_mut(),
            piece: (0, 0),
            #[cfg(target_arch = "wasm32")]
            begun: false,
        }
    }

    /// A block of this many bytes at least; nothing where there is no memory. `more` adds memory for so many bytes.
    pub(crate) fn take(&mut self, bytes: usize, more: &mut dyn FnMut(&mut Self, usize) -> bool) -> Option<NonNull<u8>> {
        let steps = steps(bytes);
        if steps > SMALL {
            return self.take_large(steps * STEP, more);
        }
        let free = self.small[steps];
        if !free.is_null() {
            // SAFETY: what is in a list is free room that begins with a `Free`.
            self.small[steps] = unsafe { (*free).next };
            return NonNull::new(free.cast());
        }
        let size = steps * STEP;
        if self.piece.1 - self.piece.0 < size {
            let (rest, end) = self.piece;
            let piece = self.take_large(PIECE, more)?.as_ptr() as usize;
            self.piece = (piece, piece + PIECE);
            if rest < end {
                // SAFETY: nothing else knows of the rest of the piece before.
                unsafe { self.give(rest as *mut u8, end - rest) };
            }
        }
        let block = self.piece.0;
        self.piece.0 += size;
        NonNull::new(block as *mut u8)
    }

    fn take_large(&mut self, size: usize, more: &mut dyn FnMut(&mut Self, usize) -> bool) -> Option<NonNull<u8>> {
        loop {
            let mut link: *mut *mut Free = &mut self.large;
            // SAFETY: what is in the list is free room that begins with a `Free`, and nobody else uses it.
            unsafe {
                while !(*link).is_null() {
                    let room = *link;
                    if (*room).size > size {
                        // From its end: the rest stays where it is.
                        (*room).size -= size;
                        return NonNull::new(room.byte_add((*room).size).cast());
                    }
                    if (*room).size == size {
                        *link = (*room).next;
                        return NonNull::new(room.cast());
                    }
                    link = &raw mut (*room).next;
                }
            }
            if !more(self, size) {
                return None;
            }
        }
    }

    /// Takes a block back, or new memory.
    ///
    /// # Safety
    /// The `bytes` bytes at `block` are not used any more, are the allocator's, and begin at a multiple of 16.
    pub(crate) unsafe fn give(&mut self, block: *mut u8, bytes: usize) {
        let (steps, room) = (steps(bytes), block.cast::<Free>());
        // SAFETY: `room` has 16 bytes at least and is free; so is what is in the lists.
        unsafe {
            if steps <= SMALL {
                *room = Free { size: 0, next: self.small[steps] };
                self.small[steps] = room;
                return;
            }
            let mut before: *mut Free = null_mut();
            let mut next = self.large;
            while !next.is_null() && next < room {
                before = next;
                next = (*next).next;
            }
            *room = Free { size: steps * STEP, next };
            join(room);
            if before.is_null() {
                self.large = room;
            } else {
                (*before).next = room;
                join(before);
            }
        }
    }
}

/// Makes one of `room` and the next, where they touch.
///
/// # Safety
/// `room` and what it leads to are free.
unsafe fn join(room: *mut Free) {
    // SAFETY: as the caller says.
    unsafe {
        let next = (*room).next;
        if room.byte_add((*room).size) == next {
            *room = Free { size: (*room).size + (*next).size, next: (*next).next };
        }
    }
}

/// Steps of a block of so many bytes. A block has room for a `Free`.
fn steps(bytes: usize) -> usize {
    bytes.div_ceil(STEP).max(1)
}

#[cfg(target_arch = "wasm32")]
mod global {
    use std::{
        alloc::{GlobalAlloc, Layout},
        arch::wasm32::{memory_grow, memory_size},
        cell::UnsafeCell,
        ptr::{NonNull, null_mut},
    };

    use super::{Heap, STEP};

    const PAGE: usize = 65_536;

    struct OneThread(UnsafeCell<Heap>);

    // SAFETY: this module has one thread: its memory is not shared.
    unsafe impl Sync for OneThread {}

    #[global_allocator]
    static HEAP: OneThread = OneThread(UnsafeCell::new(Heap::new()));

    unsafe extern "C" {
        /// Where the linker's own part of the memory ends.
        static __heap_base: u8;
    }

    /// Adds pages for so many bytes. The first time there is what the linker left of the last page, which may do.
    fn more(heap: &mut Heap, bytes: usize) -> bool {
        let start = (&raw const __heap_base as usize).next_multiple_of(STEP);
        let end = memory_size(0) * PAGE;
        let grown = heap.begun.then(|| memory_grow(0, bytes.div_ceil(PAGE)));
        let (start, end) = match grown {
            None => (start, end),
            Some(usize::MAX) => return false,
            Some(_) => (end, memory_size(0) * PAGE),
        };
        heap.begun = true;
        // SAFETY: new pages, or what is above all that the linker uses.
        unsafe { heap.give(start as *mut u8, end - start) };
        true
    }

    // SAFETY: blocks are distinct, aligned to `STEP`, and of the size that was asked for.
    unsafe impl GlobalAlloc for OneThread {
        #[inline(never)]
        unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
            if layout.align() > STEP {
                return null_mut();
            }
            // SAFETY: one thread, and nothing in here allocates.
            let heap = unsafe { &mut *self.0.get() };
            heap.take(layout.size(), &mut more).map_or(null_mut(), NonNull::as_ptr)
        }

        #[inline(never)]
        unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
            // SAFETY: as the caller says; one thread, and nothing in here allocates.
            unsafe { (*self.0.get()).give(block, layout.size()) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Heap, STEP, steps};

    /// Takes and gives blocks of random sizes; each keeps what is written into it.
    fn check(largest: usize, rounds: usize) -> usize {
        let mut heap = Heap::new();
        let mut memory: Vec<Vec<u128>> = Vec::new();
        let mut taken: Vec<(*mut u8, usize, u8)> = Vec::new();
        let mut random = 1_u64;
        let mut next = |below: usize| {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            random as usize % below
        };
        for round in 0..rounds {
            if next(5) < 2 && !taken.is_empty() {
                let (block, size, mark) = taken.swap_remove(next(taken.len()));
                // SAFETY: it was taken with this size and not given back.
                unsafe {
                    assert!((0..size).all(|at| *block.add(at) == mark), "a block was written by another");
                    heap.give(block, size);
                }
                continue;
            }
            let (size, mark) = (1 + next(largest), round as u8);
            let mut more = |heap: &mut Heap, bytes: usize| {
                let mut pages = vec![0_u128; bytes.div_ceil(65_536) * 65_536 / 16];
                // SAFETY: new memory, kept until the end of the test.
                unsafe { heap.give(pages.as_mut_ptr().cast(), pages.len() * 16) };
                memory.push(pages);
                true
            };
            let block = heap.take(size, &mut more).unwrap().as_ptr();
            assert_eq!(block as usize % STEP, 0);
            // SAFETY: the block has this size.
            unsafe { block.write_bytes(mark, size) };
            taken.push((block, size, mark));
        }
        let all: usize = memory.iter().map(|pages| pages.len() * 16).sum();
        for (block, size, _) in taken {
            // SAFETY: it was taken with this size and not given back.
            unsafe { heap.give(block, size) };
        }
        // All that is free again can be had as large as it came.
        if largest > 100_000 {
            let mut none = |_: &mut Heap, _: usize| false;
            assert!(heap.take(65_536, &mut none).is_some());
        }
        all
    }

    #[test]
    fn blocks_are_distinct() {
        check(100, 20_000);
        check(2_000, 20_000);
        check(200_000, 3_000);
    }

    #[test]
    fn freed_room_is_used_again() {
        let mut heap = Heap::new();
        let mut page = vec![0_u128; 4_096];
        // SAFETY: the memory lives as long as the heap.
        unsafe { heap.give(page.as_mut_ptr().cast(), 65_536) };
        let mut none = |_: &mut Heap, _: usize| false;
        for size in [1, 16, 17, 600, 5_000, 60_000].repeat(200) {
            let block = heap.take(size, &mut none).unwrap().as_ptr();
            // SAFETY: just taken.
            unsafe { heap.give(block, size) };
        }
        assert!(heap.take(65_537, &mut none).is_none());
        assert_eq!((steps(0), steps(1), steps(16), steps(17)), (1, 1, 1, 2));
    }
}
