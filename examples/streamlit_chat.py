"""Chat in a Streamlit page: `streamlit run examples/streamlit_chat.py`.

It reads DIFY_API_KEY and DIFY_BASE_URL, and needs `pip install streamlit`.
"""

from __future__ import annotations

import uuid

import streamlit as st

from dify_chatflow import Chatflow, Conversation, DifyError


@st.cache_resource
def connect() -> Chatflow:
    return Chatflow()  # one for all sessions: threads may share it


def conversation() -> Conversation:
    """Return the conversation of this browser session."""
    if "conversation" not in st.session_state:
        # A real page takes the user from its login.
        st.session_state.conversation = connect().conversation(user=f"visitor-{uuid.uuid4()}")
        st.session_state.messages = []
    kept: Conversation = st.session_state.conversation
    return kept


def answer(query: str) -> str:
    """Show the answer while it is streamed, and return it."""
    shown = st.empty()
    # Streamlit leaves this block with the first text after the visitor has sent another query: the run is then stopped.
    with conversation().stream(query, resume=True, stop_on_exit=True) as stream:
        shown.write_stream(stream.text_deltas())
    text = stream.reply.raise_for_status().answer
    shown.markdown(text)  # moderation may have replaced the text
    return text


st.title("Chat")
conversation()
for role, text in st.session_state.messages:
    st.chat_message(role).markdown(text)
if query := st.chat_input("Ask a question"):
    st.chat_message("user").markdown(query)
    st.session_state.messages.append(("user", query))
    with st.chat_message("assistant"):
        try:
            st.session_state.messages.append(("assistant", answer(query)))
        except DifyError as error:
            st.error(f"The answer could not be completed: {error}")
