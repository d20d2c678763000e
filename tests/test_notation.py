from rnncourse import notation


def test_every_parameter_is_in_the_symbol_table():
    codes = {code for symbol in notation.SYMBOLS for code in symbol.code.split(", ")}
    for parameters in (notation.RNNParams, notation.OutputParams):
        assert set(parameters._fields) <= codes
    assert {name for name in notation.LSTMParams._fields if name.startswith("W")} <= codes


def test_shapes_use_the_declared_letters():
    for symbol in notation.SYMBOLS:
        letters = {letter for letter in symbol.shape if letter.isalpha()}
        assert letters <= notation.SIZES.keys(), symbol


def test_gates_are_stacked_in_the_order_of_the_parameters():
    assert tuple(f"W_{gate}" for gate in notation.LSTM_GATES) == notation.LSTMParams._fields[:4]
    assert notation.GRUParams._fields[:2] == tuple(f"W_{gate}" for gate in notation.GRU_GATES[:2])
