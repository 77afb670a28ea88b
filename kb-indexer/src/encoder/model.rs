//! The encoder itself: tokens in, the mean of their vectors out.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use answer_engine::bundle::sha256_hex;
use rten::{NodeId, RunOptions, ThreadPool};
use rten_tensor::{NdTensor, prelude::*};

use super::{EncoderError, projection::ENCODED, read};

/// Name of the model's file.
pub(super) const MODEL: &str = "model.onnx";
/// What a BERT model asks for: the tokens, which of them count, and which of two texts each belongs to.
const INPUTS: [&str; 3] = ["input_ids", "attention_mask", "token_type_ids"];

/// A BERT model.
pub(super) struct Model {
    model: rten::Model,
    inputs: [NodeId; INPUTS.len()],
    output: NodeId,
    /// Each text is encoded by one thread: several texts side by side take less time than several threads a text.
    alone: Arc<ThreadPool>,
    hash: String,
    path: PathBuf,
}

impl Model {
    pub(super) fn open(folder: &Path) -> Result<Self, EncoderError> {
        let path = folder.join(MODEL);
        let unusable = |path: &Path, problem: String| EncoderError::Unusable { path: path.to_owned(), problem };
        let bytes = read(&path)?;
        let hash = sha256_hex(&bytes);
        let model = rten::Model::load(bytes).map_err(|error| unusable(&path, error.to_string()))?;
        let input = |name: &str| model.node_id(name).map_err(|_| unusable(&path, format!("it has no input `{name}`")));
        let inputs = [input(INPUTS[0])?, input(INPUTS[1])?, input(INPUTS[2])?];
        let output = model.output_ids().first().copied();
        let output = output.ok_or_else(|| unusable(&path, "it has no output".to_owned()))?;
        let alone = Arc::new(ThreadPool::with_num_threads(1));
        Ok(Self { model, inputs, output, alone, hash, path })
    }

    /// Name of this model's file of vectors in the cache.
    pub(super) fn cache_name(&self) -> String {
        format!("{}.vectors", &self.hash[..16])
    }

    /// The mean of the tokens' vectors, not brought to any length.
    pub(super) fn run(&self, tokens: &[i32]) -> Result<[f32; ENCODED], EncoderError> {
        let unusable = |problem: String| EncoderError::Unusable { path: self.path.clone(), problem };
        let count = tokens.len();
        let tokens = NdTensor::from_data([1, count], tokens.to_vec());
        let all = NdTensor::<i32, 2>::full([1, count], 1);
        let first = NdTensor::<i32, 2>::zeros([1, count]);
        let values = [tokens.view().into(), all.view().into(), first.view().into()];
        let options = RunOptions::default().with_thread_pool(Some(self.alone.clone()));
        let run = self.model.run(self.inputs.into_iter().zip(values).collect(), &[self.output], Some(options));
        let output = run.map_err(|error| unusable(error.to_string()))?.into_iter().next();
        let output: Option<NdTensor<f32, 3>> = output.and_then(|output| output.try_into().ok());
        let output = output.ok_or_else(|| unusable("its output is not one vector a token".to_owned()))?;
        if output.shape() != [1, count, ENCODED] {
            let numbers = output.size(2);
            return Err(unusable(format!("its vectors have {numbers} numbers instead of {ENCODED}")));
        }
        let mut mean = [0.0; ENCODED];
        for token in output.slice(0).inner_iter::<1>() {
            for (mean, value) in mean.iter_mut().zip(token.iter()) {
                #[allow(clippy::cast_precision_loss, reason = "at most 256 tokens")]
                let share = 1.0 / count as f32;
                *mean += value * share;
            }
        }
        Ok(mean)
    }
}
