from processors.standardise.identifiers.check_letter import CHECK_LETTERS, check_letter


def test_there_are_23_letters_without_i_o_and_s() -> None:
    assert len(set(CHECK_LETTERS)) == len(CHECK_LETTERS) == 23
    assert not set("IOS") & set(CHECK_LETTERS)


def test_the_letter_is_the_one_at_the_number_modulo_23() -> None:
    assert [check_letter(number) for number in (0, 1, 22, 23, 24)] == ["Z", "A", "Y", "Z", "A"]
