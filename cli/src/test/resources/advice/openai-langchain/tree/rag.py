import os

from langchain_community.vectorstores import FAISS
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI, OpenAIEmbeddings

os.environ["OPENAI_API_KEY"] = "@@openai@@"

store = FAISS.load_local("handbook", OpenAIEmbeddings(model="text-embedding-3-large"))
prompt = ChatPromptTemplate.from_template("Context:\n{context}\n\nQuestion: {question}")
chain = prompt | ChatOpenAI(model="gpt-4o", temperature=0)

while question := input("? "):
    context = "\n".join(doc.page_content for doc in store.similarity_search(question, k=4))
    print(chain.invoke({"context": context, "question": question}).content)
