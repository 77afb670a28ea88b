//! The bubble's allocator: powers of two, a list of free blocks each.
//!
//! The allocator that Rust brings for WebAssembly is two kilobytes of what a visitor downloads, this one a few hundred
//! bytes. It is as fast (taking and giving back are a few instructions), and wastes at most half of a block; a panel
//! that is open for a day holds a few megabytes.

#![allow(unsafe_code, reason = "an allocator hands out raw memory; this file is the only one that does")]

use std::{
    alloc::{GlobalAlloc, Layout},
    arch::wasm32::{memory_grow, memory_size},
    cell::Cell,
    ptr::null_mut,
};

/// Bytes of WebAssembly's pages.
const PAGE: usize = 1 << 16;
/// Smallest block: room for the list's pointer, and for the alignment of everything that Rust knows here.
const SMALLEST: usize = 16;

struct Blocks {
    /// Free blocks of two to the power of the place; each begins with the address of the next, 0 ends the list.
    free: [Cell<usize>; usize::BITS as usize],
    /// Memory from here to `end` has never been handed out.
    start: Cell<usize>,
    end: Cell<usize>,
}

// SAFETY: the module runs on one thread; WebAssembly without shared memory has no other.
unsafe impl Sync for Blocks {}

#[global_allocator]
static BLOCKS: Blocks =
    Blocks { free: [const { Cell::new(0) }; usize::BITS as usize], start: Cell::new(0), end: Cell::new(0) };

/// The block for a layout: a power of two, so that a block is aligned to its own size up to a page.
fn block(layout: Layout) -> usize {
    layout.size().max(layout.align()).max(SMALLEST).next_power_of_two()
}

impl Blocks {
    /// Memory that was never handed out; 0 where the browser gives no more.
    fn fresh(&self, size: usize) -> usize {
        // Blocks of a page and more need no more than a page's alignment.
        let align = size.min(PAGE);
        let start = (self.start.get() + align - 1) & !(align - 1);
        if self.start.get() == 0 || start + size > self.end.get() {
            let pages = size.div_ceil(PAGE) + 1;
            if memory_grow(0, pages) == usize::MAX {
                return 0;
            }
            // Nobody else grows the memory: what comes adjoins what is left.
            let end = memory_size(0) * PAGE;
            if self.start.get() == 0 {
                self.start.set(end - pages * PAGE);
            }
            self.end.set(end);
            return self.fresh(size);
        }
        self.start.set(start + size);
        start
    }
}

// SAFETY: a block is handed out from fresh memory or from the list of its size, and only once until it is given back;
// it is as long as asked for, and aligned to its size, which is at least the alignment asked for.
unsafe impl GlobalAlloc for Blocks {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let size = block(layout);
        let Some(free) = self.free.get(size.trailing_zeros() as usize) else {
            return null_mut();
        };
        let first = free.get();
        if first == 0 {
            return self.fresh(size) as *mut u8;
        }
        // SAFETY: a free block begins with the address of the next, written by `dealloc`.
        free.set(unsafe { *(first as *const usize) });
        first as *mut u8
    }

    unsafe fn dealloc(&self, block_at: *mut u8, layout: Layout) {
        if let Some(free) = self.free.get(block(layout).trailing_zeros() as usize) {
            // SAFETY: the block is nobody's any more, at least 16 bytes long and aligned to as many.
            unsafe { *block_at.cast::<usize>() = free.get() };
            free.set(block_at as usize);
        }
    }

    unsafe fn realloc(&self, old: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let Ok(wanted) = Layout::from_size_align(size, layout.align()) else {
            return null_mut();
        };
        if block(wanted) == block(layout) {
            return old;
        }
        // SAFETY: both blocks are at least as long as the shorter of the two sizes, and they do not overlap.
        unsafe {
            let new = self.alloc(wanted);
            if !new.is_null() {
                new.copy_from_nonoverlapping(old, layout.size().min(size));
                self.dealloc(old, layout);
            }
            new
        }
    }
}
