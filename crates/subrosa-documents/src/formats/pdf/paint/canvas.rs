//! Replays what a page paints on a grid of cells: which colour each cell has, and what covered it last.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use super::cells::{self, Bounds, Grid};
use super::{Blend, Clip, Ink, Manner, Region};
use crate::formats::pdf::geometry::{Matrix, Point};
use crate::refusal::Refusal;

/// Most cells and edges visited for all pages of a document.
pub(super) const MAX_WORK: u64 = 3_000_000_000;
/// From this opacity on, what lies beneath is gone.
const OPAQUE: f64 = 0.9;
/// Up to here a channel counts as dark, from here on as light.
const DARK: u8 = 64;
const LIGHT: u8 = 225;
/// A colour that is not known.
const UNKNOWN: u32 = u32::MAX;
/// Clip masks that are kept.
const MAX_MASKS: usize = 48;

/// What a mask lets through: a part of the grid, and of its cells those that are set.
#[derive(Clone)]
pub(super) struct Mask {
    pub bounds: Bounds,
    bits: Option<Rc<Vec<bool>>>,
}

impl Mask {
    pub(super) fn lets(&self, grid: &Grid, column: usize, row: usize) -> bool {
        self.bounds.has(column, row)
            && self.bits.as_ref().is_none_or(|bits| bits.get(row * grid.width + column).copied().unwrap_or(false))
    }
}

/// A clip, the bits and bounds of the outer mask, the map.
type MaskKey = (usize, usize, Bounds, [u64; 6]);

/// Painted cells.
pub(super) struct Canvas {
    pub grid: Grid,
    /// The number of what covered the cell last; 0 where it is bare.
    covered: Vec<u32>,
    colour: Vec<u32>,
    /// By clip, outer mask and map; the outer mask is kept, so that its address stays its own.
    masks: HashMap<MaskKey, (Mask, Mask)>,
    work: u64,
}

impl Canvas {
    pub(super) fn new(area: [f64; 4]) -> Self {
        let grid = Grid::over(area);
        let cells = grid.width.saturating_mul(grid.height);
        Self { grid, covered: vec![0; cells], colour: vec![0x00ff_ffff; cells], masks: HashMap::new(), work: cells as u64 / 8 }
    }

    /// How much was done.
    pub(super) fn work(&self) -> u64 {
        self.work
    }

    /// A mask that lets everything through.
    pub(super) fn open(&self) -> Mask {
        Mask { bounds: self.grid.all(), bits: None }
    }

    /// The clip under `to_cells`, within an outer mask.
    pub(super) fn mask(&mut self, clip: Option<&Arc<Clip>>, to_cells: Matrix, outer: &Mask) -> Mask {
        let Some(clip) = clip else { return outer.clone() };
        let bits = outer.bits.as_ref().map_or(0, |bits| Rc::as_ptr(bits).addr());
        let key = (Arc::as_ptr(clip).addr(), bits, outer.bounds, to_cells.0.map(f64::to_bits));
        if let Some(known) = self.masks.get(&key) {
            return known.1.clone();
        }
        let within = self.mask_steps(clip, to_cells, outer);
        if self.masks.len() >= MAX_MASKS {
            self.masks.clear();
        }
        self.masks.insert(key, (outer.clone(), within.clone()));
        within
    }

    fn mask_steps(&mut self, clip: &Arc<Clip>, to_cells: Matrix, outer: &Mask) -> Mask {
        let mut mask = outer.clone();
        let mut step = Some(clip);
        while let Some(clip) = step {
            if let Some(rectangle) = cells::upright(&clip.region, to_cells, &self.grid) {
                mask.bounds = mask.bounds.within(rectangle);
            } else {
                let mut bits = vec![false; self.covered.len()];
                let width = self.grid.width;
                let old = mask.bits.clone();
                self.work += bits.len() as u64 / 8;
                self.work += cells::spans(&clip.region, to_cells, &self.grid, mask.bounds, &mut |row, from, to| {
                    for at in row * width + from..row * width + to {
                        if let Some(bit) = bits.get_mut(at) {
                            *bit = old.as_ref().is_none_or(|old| old.get(at).copied().unwrap_or(false));
                        }
                    }
                });
                mask.bits = Some(Rc::new(bits));
            }
            step = clip.outer.as_ref();
        }
        mask
    }

    /// Paints an area. `number` is that of the thing painted; it counts as cover only where nothing shines through. Gives
    /// how many cells it took.
    ///
    /// # Errors
    /// [`Refusal::Limit`] when the page paints without end.
    pub(super) fn paint(
        &mut self,
        region: &Region,
        to_cells: Matrix,
        mask: &Mask,
        manner: &Manner,
        number: u32,
    ) -> Result<u64, Refusal> {
        if manner.hidden || manner.ink == Ink::Nothing || manner.alpha <= 0.0 {
            return Ok(0);
        }
        let covers = covers(manner);
        let colour =
            if let Ink::Rgb([red, green, blue]) = manner.ink { u32::from_be_bytes([0, red, green, blue]) } else { UNKNOWN };
        let mut taken = 0_u64;
        let width = self.grid.width;
        let (all_covered, all_colours) = (&mut self.covered, &mut self.colour);
        self.work += cells::spans(region, to_cells, &self.grid, mask.bounds, &mut |row, from, to| {
            for at in row * width + from..row * width + to {
                if mask.bits.as_ref().is_some_and(|bits| !bits.get(at).copied().unwrap_or(false)) {
                    continue;
                }
                let (Some(cell), Some(under)) = (all_covered.get_mut(at), all_colours.get_mut(at)) else { continue };
                taken += 1;
                if covers {
                    *cell = number;
                    *under = colour;
                } else {
                    *under = mixed(*under, colour, manner);
                }
            }
        });
        if self.work > MAX_WORK { Err(Refusal::Limit("a page that paints too much".to_owned())) } else { Ok(taken) }
    }

    /// What covered a point last, and its colour where known.
    pub(super) fn at(&self, point: Point) -> Option<(u32, Option<[u8; 3]>)> {
        let (column, row) = self.grid.cell(point)?;
        let at = row * self.grid.width + column;
        let colour = *self.colour.get(at)?;
        let [_, red, green, blue] = colour.to_be_bytes();
        Some((*self.covered.get(at)?, (colour != UNKNOWN).then_some([red, green, blue])))
    }
}

/// Whether nothing of what lies beneath is seen.
fn covers(manner: &Manner) -> bool {
    if manner.masked || manner.alpha < OPAQUE {
        return false;
    }
    match (manner.blend, manner.ink) {
        (Blend::Normal, _) => true,
        (Blend::Darkens, Ink::Rgb(channels)) => channels.iter().all(|channel| *channel <= DARK),
        (Blend::Lightens, Ink::Rgb(channels)) => channels.iter().all(|channel| *channel >= LIGHT),
        _ => false,
    }
}

/// The colour of a cell under something that lets light through.
fn mixed(under: u32, over: u32, manner: &Manner) -> u32 {
    if under == UNKNOWN || over == UNKNOWN || manner.masked || manner.blend == Blend::Other {
        return UNKNOWN;
    }
    let alpha = manner.alpha.clamp(0.0, 1.0);
    let mut channels = [0_u8; 4];
    for ((channel, below), above) in channels.iter_mut().zip(under.to_be_bytes()).zip(over.to_be_bytes()) {
        let (below, above) = (f64::from(below) / 255.0, f64::from(above) / 255.0);
        let blended = match manner.blend {
            Blend::Darkens => below * above,
            Blend::Lightens => below + above - below * above,
            _ => above,
        };
        *channel = ((below + alpha * (blended - below)) * 255.0).round() as u8;
    }
    channels[0] = 0;
    u32::from_be_bytes(channels)
}
