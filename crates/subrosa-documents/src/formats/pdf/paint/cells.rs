//! A grid of cells over a page, and which cells an area takes.

use super::Region;
use crate::formats::pdf::geometry::{Matrix, Point};

/// Cells a point of the page, at most.
const FINE: f64 = 2.0;
/// Most cells of a grid.
const MAX_CELLS: f64 = 3_000_000.0;

/// A part of the grid: columns and rows, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Bounds {
    pub left: usize,
    pub right: usize,
    pub top: usize,
    pub bottom: usize,
}

impl Bounds {
    pub(super) fn within(self, other: Self) -> Self {
        let (left, top) = (self.left.max(other.left), self.top.max(other.top));
        Self { left, top, right: self.right.min(other.right).max(left), bottom: self.bottom.min(other.bottom).max(top) }
    }

    pub(super) fn is_empty(self) -> bool {
        self.left >= self.right || self.top >= self.bottom
    }

    pub(super) fn has(self, column: usize, row: usize) -> bool {
        (self.left..self.right).contains(&column) && (self.top..self.bottom).contains(&row)
    }
}

/// How a page lies on its cells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    pub width: usize,
    pub height: usize,
    /// From the page to the cells; rows go up as the page does.
    pub to_cells: Matrix,
}

impl Grid {
    /// The grid over an area: left, bottom, right, top.
    pub(super) fn over([left, bottom, right, top]: [f64; 4]) -> Self {
        let (wide, high) = ((right - left).clamp(1.0, 1e6), (top - bottom).clamp(1.0, 1e6));
        let scale = FINE.min((MAX_CELLS / (wide * high)).sqrt());
        let cells = |length: f64| (length * scale).ceil().max(1.0) as usize;
        let to_cells = Matrix([scale, 0.0, 0.0, scale, -left * scale, -bottom * scale]);
        Self { width: cells(wide).min(1 << 22), height: cells(high).min(1 << 22), to_cells }
    }

    pub(super) fn all(&self) -> Bounds {
        Bounds { left: 0, right: self.width, top: 0, bottom: self.height }
    }

    /// The cell at a point of the cells' space.
    pub(super) fn cell(&self, at: Point) -> Option<(usize, usize)> {
        let inside = at.x >= 0.0 && at.y >= 0.0 && at.x < self.width as f64 && at.y < self.height as f64;
        inside.then_some((at.x as usize, at.y as usize))
    }
}

/// The bounds of an area that is an upright rectangle in the cells' space.
pub(super) fn upright(region: &Region, to_cells: Matrix, grid: &Grid) -> Option<Bounds> {
    let [polygon] = region.polygons.as_slice() else { return None };
    let points: Vec<Point> = polygon.iter().map(|point| to_cells.apply(point.x, point.y)).collect();
    let ([a, b, c, d] | [a, b, c, d, _]) = points.as_slice() else { return None };
    if points.get(4).is_some_and(|last| last.minus(*a).length() > 1e-3) {
        return None;
    }
    let near = |one: f64, other: f64| (one - other).abs() < 0.01;
    let first = near(a.y, b.y) && near(b.x, c.x) && near(c.y, d.y) && near(d.x, a.x);
    let second = near(a.x, b.x) && near(b.y, c.y) && near(c.x, d.x) && near(d.y, a.y);
    if !(first || second) || !points.iter().all(|point| point.x.is_finite() && point.y.is_finite()) {
        return None;
    }
    Some(range(a.x.min(c.x), a.y.min(c.y), a.x.max(c.x), a.y.max(c.y), grid))
}

/// The cells whose centres lie in a rectangle.
fn range(left: f64, low: f64, right: f64, high: f64, grid: &Grid) -> Bounds {
    let column = |value: f64| (value - 0.5).ceil().clamp(0.0, grid.width as f64) as usize;
    let row = |value: f64| (value - 0.5).ceil().clamp(0.0, grid.height as f64) as usize;
    Bounds { left: column(left), right: column(right), top: row(low), bottom: row(high) }
}

struct Edge {
    from: Point,
    to: Point,
    winding: i32,
}

/// Hands the cells of an area to `each` as row, first column, column after the last. Gives how many cells and edges were
/// visited.
pub(super) fn spans(
    region: &Region,
    to_cells: Matrix,
    grid: &Grid,
    bounds: Bounds,
    each: &mut dyn FnMut(usize, usize, usize),
) -> u64 {
    if bounds.is_empty() {
        return 1;
    }
    if let Some(rectangle) = upright(region, to_cells, grid) {
        let part = rectangle.within(bounds);
        for row in part.top..part.bottom {
            each(row, part.left, part.right);
        }
        return 1 + part.bottom.saturating_sub(part.top) as u64 * (1 + part.right.saturating_sub(part.left) as u64);
    }
    let mut edges = edges(region, to_cells);
    edges.sort_by(|a, b| a.from.y.total_cmp(&b.from.y));
    let mut cost = edges.len() as u64 * 4;
    let mut next = 0;
    let mut active: Vec<usize> = Vec::new();
    let mut crossings: Vec<(f64, i32)> = Vec::new();
    for row in bounds.top..bounds.bottom {
        let y = row as f64 + 0.5;
        while edges.get(next).is_some_and(|edge| edge.from.y <= y) {
            active.push(next);
            next += 1;
        }
        active.retain(|&index| edges.get(index).is_some_and(|edge| edge.to.y > y));
        if active.is_empty() {
            if next >= edges.len() {
                break;
            }
            continue;
        }
        crossings.clear();
        crossings.extend(active.iter().filter_map(|&index| {
            let edge = edges.get(index)?;
            let part = (y - edge.from.y) / (edge.to.y - edge.from.y);
            Some((edge.from.x + part * (edge.to.x - edge.from.x), edge.winding))
        }));
        crossings.sort_by(|a, b| a.0.total_cmp(&b.0));
        cost += crossings.len() as u64 * 2;
        let mut winding = 0;
        for pair in crossings.windows(2) {
            let [(x, turn), (until, _)] = pair else { continue };
            winding += turn;
            let inside = if region.even_odd { winding % 2 != 0 } else { winding != 0 };
            if inside {
                let column = |value: f64| (value - 0.5).ceil().clamp(bounds.left as f64, bounds.right as f64) as usize;
                let (from, to) = (column(*x), column(*until));
                if from < to {
                    cost += (to - from) as u64;
                    each(row, from, to);
                }
            }
        }
    }
    cost
}

fn edges(region: &Region, to_cells: Matrix) -> Vec<Edge> {
    let mut edges = Vec::new();
    for polygon in &region.polygons {
        let points: Vec<Point> = polygon.iter().map(|point| to_cells.apply(point.x, point.y)).collect();
        let following = points.iter().cycle().skip(1);
        for (from, to) in points.iter().zip(following) {
            let finite = [from.x, from.y, to.x, to.y].iter().all(|value| value.is_finite());
            if !finite || (from.y - to.y).abs() < 1e-9 {
                continue;
            }
            edges.push(if from.y < to.y {
                Edge { from: *from, to: *to, winding: 1 }
            } else {
                Edge { from: *to, to: *from, winding: -1 }
            });
        }
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(x: f64, y: f64, side: f64) -> Vec<Point> {
        [(x, y), (x + side, y), (x + side, y + side), (x, y + side)].map(|(x, y)| Point { x, y }).to_vec()
    }

    fn count(region: &Region, to_cells: Matrix) -> usize {
        let grid = Grid { width: 20, height: 20, to_cells };
        let mut cells = 0;
        spans(region, to_cells, &grid, grid.all(), &mut |_, from, to| cells += to - from);
        cells
    }

    #[test]
    fn rectangles_take_their_cells() {
        let region = Region { polygons: vec![square(2.0, 3.0, 5.0)], even_odd: false };
        assert_eq!(count(&region, Matrix::IDENTITY), 25);
        assert_eq!(count(&region, Matrix([-1.0, 0.0, 0.0, 1.0, 10.0, 0.0])), 25);
        assert_eq!(count(&region, Matrix([0.0, 1.0, -1.0, 0.0, 10.0, 0.0])), 25);
    }

    #[test]
    fn holes_follow_the_rule() {
        let polygons = vec![square(2.0, 2.0, 10.0), square(4.0, 4.0, 4.0)];
        assert_eq!(count(&Region { polygons: polygons.clone(), even_odd: true }, Matrix::IDENTITY), 84);
        assert_eq!(count(&Region { polygons, even_odd: false }, Matrix::IDENTITY), 100);
    }

    #[test]
    fn a_turned_square_keeps_its_size() {
        let region = Region { polygons: vec![square(-5.0, -5.0, 10.0)], even_odd: false };
        let turn = 0.5_f64.sqrt();
        let cells = count(&region, Matrix([turn, turn, -turn, turn, 10.0, 10.0]));
        // Fourteen rows, each a cell more or less.
        assert!((86..=114).contains(&cells), "{cells}");
    }
}
