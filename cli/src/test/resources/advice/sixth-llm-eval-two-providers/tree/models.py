from dotenv import load_dotenv
from langchain_anthropic import ChatAnthropic
from langchain_openai import ChatOpenAI

load_dotenv()

CANDIDATES = {
    "gpt": ChatOpenAI(model="gpt-4.1-mini", temperature=0),
    "claude": ChatAnthropic(model="claude-haiku-4-5", temperature=0, max_tokens=800),
}
JUDGE = ChatOpenAI(model="gpt-4.1", temperature=0)
