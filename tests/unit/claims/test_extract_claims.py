"""Claims of small readings of our own: slots, subjects, ids, and what makes no claim."""

from __future__ import annotations

import pytest

from extractors.claims.extract import extract_claims
from extractors.records import DocumentText, PaperMeta, PaperReading, Sentence
from extractors.registry.load import load_registry

META = PaperMeta("2401.00001", 1, title="Wren: A Small Model of Birds")


def reading(*texts, section="4 Results"):
    sentences = tuple(
        Sentence(i, 1, section, text, ((72.0, 100.0 + 12 * i, 300.0, 110.0 + 12 * i),)) for i, text in enumerate(texts)
    )
    return PaperReading("2401.00001", "0" * 64, 1, DocumentText(META.title, None, (), (), sentences, 1), ())


def claims(*texts, section="4 Results"):
    return extract_claims(reading(*texts, section=section), META, load_registry())


def one(*texts):
    found = claims(*texts)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("sentence", "relation", "baseline"),
    [
        ("Our model outperforms GPT-3.5-turbo-0613 on MMLU.", "beats", "gpt-3.5-turbo-0613"),
        ("Wren retains 92% of the quality of ChatGPT.", "behind", "gpt-3.5-turbo"),
        ("Wren does not outperform GPT-4 on MATH.", "behind", "gpt-4"),
        ("GPT-4 surpasses Wren on MATH.", "behind", "gpt-4"),
        ("Wren is outperformed by GPT-4.", "behind", "gpt-4"),
        ("Wren is the best of all models except GPT-4.", "behind", "gpt-4"),
        ("Compared to ChatGPT, Wren achieves higher accuracy on GSM8K.", "beats", "gpt-3.5-turbo"),
        ("Wren makes fewer mistakes than ChatGPT.", "beats", "gpt-3.5-turbo"),
        ("Wren bridges the gap to ChatGPT.", "on_par", "gpt-3.5-turbo"),
        ("Wren narrows the gap to ChatGPT.", "behind", "gpt-3.5-turbo"),
        ("There is no significant difference between Wren and GPT-4.", "on_par", "gpt-4"),
        ("Wren reaches 61.2% accuracy, whereas GPT-4 reaches 70.4%.", "behind", "gpt-4"),
        ("Wren makes an error rate of 4.1% compared to 6.3% for GPT-4.", "beats", "gpt-4"),
        ("When it comes to ChatGPT, Wren performs comparably.", "on_par", "gpt-3.5-turbo"),
        ("Wren reduces the error rate over ChatGPT.", "beats", "gpt-3.5-turbo"),
        ("While Wren struggles with rare birds, GPT-4 names them reliably.", "behind", "gpt-4"),
        ("Not even GPT-4 matches Wren.", "beats", "gpt-4"),
        ("GPT-4 does not reach the accuracy of Wren.", "beats", "gpt-4"),
        ("Wren keeps pace with ChatGPT.", "on_par", "gpt-3.5-turbo"),
        ("Wren cannot keep up with GPT-4.", "behind", "gpt-4"),
        ("Wren has not caught up with GPT-4.", "behind", "gpt-4"),
        ("Listeners prefer Wren over ChatGPT.", "beats", "gpt-3.5-turbo"),
        ("Wren ranks second after GPT-4.", "behind", "gpt-4"),
        ("GPT-4 performs best, followed by Wren.", "behind", "gpt-4"),
        ("Wren makes fewer factual errors than ChatGPT.", "beats", "gpt-3.5-turbo"),
        ("Wren fails more often than ChatGPT.", "behind", "gpt-3.5-turbo"),
        ("GPT-4 obtains lower scores than Wren.", "beats", "gpt-4"),
        ("The difference between Wren and GPT-4 is negligible.", "on_par", "gpt-4"),
        ("Unlike GPT-4, which often hallucinates, Wren gives accurate answers.", "beats", "gpt-4"),
        ("GPT-4 with Wren outperforms GPT-4 alone by 4 points.", "beats", "gpt-4"),
        ("The accuracy of ChatGPT rises with Wren.", "beats", "gpt-3.5-turbo"),
        ("Hallucinations of ChatGPT are reduced by Wren.", "beats", "gpt-3.5-turbo"),
        ("Replacing GPT-4 with Wren lowers the accuracy by 8 points.", "behind", "gpt-4"),
    ],
)
def test_relation_and_baseline(sentence, relation, baseline):
    claim = one(sentence)
    assert (claim.relation, claim.baseline_id, claim.is_own) == (relation, baseline, True)


@pytest.mark.parametrize(
    "sentence",
    [
        "We aim to match ChatGPT on MMLU.",
        "Can Wren outperform GPT-4?",
        "Wren is smaller than ChatGPT.",
        "Wren outperforms Vicuna as judged by GPT-4.",
        "We use GPT-4 to write better training data.",
        "Humans are better than GPT-4.",
        "Wren was trained on ChatGPT data and outperforms Alpaca.",
        "We enhance ChatGPT by looking up birds.",
        "Matching ChatGPT by imitation would require more data.",
        "The songs are more effective on ChatGPT than on GPT-4.",
        "We find similar trends for GPT-4.",
        "GPT-4 performs better on short songs than on long ones.",
        "Bird calls are classified worse on ChatGPT texts than on those of people.",
        "The attack lowers the accuracy of GPT-4.",
        "The accuracy of GPT-4 drops with longer songs.",
        "Unlike GPT-4, Wren can be run on a laptop.",
        "We chose GPT-4 over ChatGPT for its longer context.",
        "GPT-4 prefers the first answer over the second.",
        "Only GPT-4 was used, followed by checks.",
        "Wren mirrors the chat template of ChatGPT.",
    ],
)
def test_no_claim(sentence):
    assert claims(sentence) == ()


@pytest.mark.parametrize(
    ("sentence", "subject", "relation"),
    [
        ("ChatGPT shows an error rate of 44.2%, whereas GPT-4 shows 21.3%.", "ChatGPT", "behind"),
        ("GPT-3 stays near chance, and LLaMA or Vicuna performs even worse.", "LLaMA", "behind"),
        ("All models except GPT-4 fail on long songs.", "All models except GPT-4", "behind"),
        ("Apart from GPT-4, no model passes the exam.", "other models", "behind"),
        ("With retrieved facts, the accuracy of ChatGPT rises from 61.2 to 75.0.", "retrieved facts", "beats"),
        ("Studies reveal the limits of open models, especially compared to GPT-4.", "open models", "behind"),
        ("Out of ChatGPT and GPT-4, GPT-4 has a higher agreement with listeners.", "GPT-4", "beats"),
    ],
)
def test_subjects_that_are_not_the_papers_own(sentence, subject, relation):
    claim = one(sentence)
    assert (claim.subject_raw, claim.relation, claim.is_own) == (subject, relation, False)


def test_one_claim_for_each_relation_and_baseline():
    found = claims("Wren matches or even surpasses ChatGPT, while trailing behind GPT-4.")
    assert {(c.relation, c.baseline_id) for c in found} == {
        ("on_par", "gpt-3.5-turbo"),
        ("beats", "gpt-3.5-turbo"),
        ("behind", "gpt-4"),
    }


def test_coordinated_baselines_are_claims_each():
    found = claims("Wren outperforms ChatGPT, Claude 2 and GPT-4 on GSM8K.")
    assert [c.baseline_id for c in found] == ["gpt-3.5-turbo", "claude-2", "gpt-4"]


def test_names_and_baselines_are_paired_by_respectively():
    found = claims("Vicuna-7B and Vicuna-13B match ChatGPT and GPT-4, respectively.")
    assert [(c.subject_id, c.baseline_id) for c in found] == [("vicuna-7b", "gpt-3.5-turbo"), ("vicuna-13b", "gpt-4")]


def test_an_adjective_joined_to_a_comparison_has_the_same_sides():
    found = claims("Wren is on par with GPT-4 in recall, and clearly better at precision.")
    assert [(c.relation, c.baseline_id) for c in found] == [("on_par", "gpt-4"), ("beats", "gpt-4")]


def test_a_model_better_than_whom_is_not_said_stands_against_the_sentence_before():
    found = claims("Vicuna-13B knows most birds.", "However, ChatGPT is better at rare ones.")
    assert [(c.subject_id, c.relation) for c in found] == [("vicuna-13b", "behind")]


def test_it_is_the_model_of_the_sentence_before():
    found = claims("Vicuna-13B was tuned on dialogues.", "It is worse than ChatGPT on MMLU.")
    assert (found[0].subject_id, found[0].is_own) == ("vicuna-13b", False)


@pytest.mark.parametrize(
    ("sentence", "margin", "unit"),
    [
        ("Wren outperforms ChatGPT by 3.2 points on MMLU.", 3.2, "points"),
        ("Wren outperforms ChatGPT by 4.5% on MMLU.", 4.5, "percent"),
        ("Wren outperforms ChatGPT by 4.5% absolute on MMLU.", 4.5, "points"),
        ("Wren shows a 12% relative improvement over ChatGPT.", 12.0, "relative"),
        ("Wren outperforms ChatGPT on MMLU.", None, None),
    ],
)
def test_margin_with_its_unit_as_said(sentence, margin, unit):
    claim = one(sentence)
    assert (claim.margin, claim.margin_unit) == (margin, unit)


@pytest.mark.parametrize(
    ("sentence", "margins"),
    [
        ("Wren outperforms ChatGPT by 5 points but lags behind GPT-4.", {"beats": 5.0, "behind": None}),
        ("Wren is on par with GPT-4, while exceeding ChatGPT by 4.7%.", {"on_par": None, "beats": 4.7}),
        ("Wren outperforms ChatGPT by 5 points and lags behind GPT-4 by 9 points.", {"beats": 5.0, "behind": 9.0}),
    ],
)
def test_a_margin_belongs_to_the_comparison_that_is_nearest(sentence, margins):
    assert {c.relation: c.margin for c in claims(sentence)} == margins


def test_benchmark_named_in_the_sentence():
    assert one("Wren outperforms ChatGPT on GSM8K.").benchmark_ids == ("gsm8k",)


def test_benchmark_given_by_the_sentence_before():
    assert claims("Table 2 shows scores on GSM8K.", "Wren outperforms ChatGPT.")[0].benchmark_ids == ("gsm8k",)


def test_hedge_and_negation_are_marked():
    assert one("Wren may outperform ChatGPT.").hedged
    assert one("Wren fails to outperform ChatGPT.").negated


def test_the_same_claim_elsewhere_shares_its_group():
    found = claims("Wren outperforms ChatGPT on GSM8K.", "We show that Wren surpasses ChatGPT on GSM8K.")
    assert len({c.claim_id for c in found}) == 2
    assert len({c.group_id for c in found}) == 1


def test_ids_do_not_depend_on_what_stands_around():
    alone = one("Wren outperforms ChatGPT on GSM8K.")
    after = claims("Birds sing.", "Wren outperforms ChatGPT on GSM8K.")[0]
    assert alone.claim_id == after.claim_id


def test_gpt_3_5_is_the_model_that_the_paper_puts_in_brackets():
    found = claims("We compare with GPT-3.5 (text-davinci-003).", "Wren outperforms GPT-3.5.")
    assert found[-1].baseline_id == "text-davinci-003"
