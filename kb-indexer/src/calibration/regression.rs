//! Logistic regression with a ridge, by Newton's method (iteratively reweighted least squares).
//!
//! The self-test fits an index's own coefficients with it, and `cargo xtask tune` those that are shipped.

use answer_engine::{decision::Coefficients, scoring::FEATURES};

/// Features, what came of them, and how much that counts.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// Of the first candidate.
    pub features: [f64; FEATURES],
    /// Whether that was right.
    pub right: bool,
    /// How much it counts, beside the others' weights.
    pub weight: f64,
}

/// More steps change nothing.
const STEPS: usize = 40;
/// Smallest standard deviation of a feature that can say something; features are of the order of 1.
const LEAST_CHANGE: f64 = 0.03;
/// Unknowns: the intercept and one weight a feature.
const SIZE: usize = FEATURES + 1;

/// Fits the coefficients to examples, with a ridge of this strength on the standardised features; the intercept has none.
/// `None` where all or none are right, or the numbers are beyond use.
pub fn fit(examples: &[Example], ridge: f64) -> Option<Coefficients> {
    let all: f64 = examples.iter().map(|example| example.weight).sum();
    let right: f64 = examples.iter().filter(|example| example.right).map(|example| example.weight).sum();
    if !(right > 0.0 && right < all) {
        return None;
    }
    let mut means = [0.0; FEATURES];
    let mut deviations = [0.0; FEATURES];
    for example in examples {
        for (mean, value) in means.iter_mut().zip(example.features) {
            *mean += example.weight / all * value;
        }
    }
    for example in examples {
        for at in 0..FEATURES {
            deviations[at] += example.weight / all * (example.features[at] - means[at]).powi(2);
        }
    }
    // A feature that hardly changes here says nothing, and a large weight on it would be chance elsewhere: it stays zero.
    let deviations =
        deviations.map(|square: f64| if square > LEAST_CHANGE.powi(2) { square.sqrt() } else { f64::INFINITY });
    let standardised = |example: &Example| {
        let mut row = [1.0; SIZE];
        for at in 0..FEATURES {
            row[at + 1] = (example.features[at] - means[at]) / deviations[at];
        }
        row
    };
    let mut solution = [0.0; SIZE];
    solution[0] = (right / (all - right)).ln();
    for _ in 0..STEPS {
        let mut gradient = [0.0; SIZE];
        let mut hessian = [[0.0; SIZE]; SIZE];
        for at in 1..SIZE {
            gradient[at] = ridge * solution[at];
            hessian[at][at] = ridge;
        }
        for example in examples {
            let row = standardised(example);
            let sum: f64 = row.iter().zip(solution).map(|(a, b)| a * b).sum();
            let probability = 1.0 / (1.0 + (-sum).exp());
            let weight = example.weight / all;
            let error = weight * (probability - f64::from(u8::from(example.right)));
            let curve = weight * (probability * (1.0 - probability)).max(1e-9);
            for a in 0..SIZE {
                gradient[a] += error * row[a];
                for b in 0..=a {
                    hessian[a][b] += curve * row[a] * row[b];
                }
            }
        }
        let step = solve(hessian, gradient)?;
        let mut largest: f64 = 0.0;
        for (value, step) in solution.iter_mut().zip(step) {
            // A bounded step: far from the solution Newton's may go too far.
            let step = step.clamp(-2.0, 2.0);
            *value -= step;
            largest = largest.max(step.abs());
        }
        if largest < 1e-9 {
            break;
        }
    }
    let weights: [f64; FEATURES] = std::array::from_fn(|at| solution[at + 1] / deviations[at]);
    let intercept = solution[0] - weights.iter().zip(means).map(|(weight, mean)| weight * mean).sum::<f64>();
    intercept.is_finite().then_some(Coefficients { intercept, weights })
}

/// Solves `matrix x = right` for a symmetric positive matrix, of which the lower half is read (Cholesky).
pub fn solve<const N: usize>(mut matrix: [[f64; N]; N], mut right: [f64; N]) -> Option<[f64; N]> {
    for a in 0..N {
        for b in 0..=a {
            let sum: f64 = (0..b).map(|c| matrix[a][c] * matrix[b][c]).sum();
            if a == b {
                let square = matrix[a][a] - sum;
                if square <= 0.0 {
                    return None;
                }
                matrix[a][a] = square.sqrt();
            } else {
                matrix[a][b] = (matrix[a][b] - sum) / matrix[b][b];
            }
        }
    }
    for a in 0..N {
        let sum: f64 = (0..a).map(|b| matrix[a][b] * right[b]).sum();
        right[a] = (right[a] - sum) / matrix[a][a];
    }
    for a in (0..N).rev() {
        let sum: f64 = (a + 1..N).map(|b| matrix[b][a] * right[b]).sum();
        right[a] = (right[a] - sum) / matrix[a][a];
    }
    Some(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A grid of examples whose share of right ones follows known coefficients.
    #[test]
    fn finds_what_examples_were_made_of() {
        let mut examples = Vec::new();
        for a in 0..40 {
            for b in 0..40 {
                let mut features = [0.0; FEATURES];
                (features[0], features[1]) = (f64::from(a) / 20.0 - 1.0, f64::from(b) / 20.0 - 1.0);
                let probability = 1.0 / (1.0 + (-(0.5 + 2.0 * features[0] - 1.0 * features[1])).exp());
                examples.push(Example { features, right: true, weight: probability });
                examples.push(Example { features, right: false, weight: 1.0 - probability });
            }
        }
        let found = fit(&examples, 0.003).unwrap();
        for (found, expected) in [(found.intercept, 0.5), (found.weights[0], 2.0), (found.weights[1], -1.0)] {
            assert!((found - expected).abs() < 0.1, "{found} is not about {expected}");
        }
        assert_eq!(found.weights[2], 0.0);
    }

    #[test]
    fn nothing_to_learn_is_said() {
        assert_eq!(fit(&[], 0.003), None);
        assert_eq!(fit(&[Example { features: [1.0; FEATURES], right: true, weight: 1.0 }], 0.003), None);
    }
}
