"""Constants used to describe error conditions."""
from ._errors import MESSAGES as _MESSAGES

codes = {}
messages = {}
for _number, (_name, _message) in enumerate(_MESSAGES, 1):
    globals()[f'XML_ERROR_{_name}'] = _message
    codes[_message] = _number
    messages[_number] = _message
